/**
 * All tables. Ids are text made by us, instants are integer milliseconds since 1970, booleans are 0 or 1, JSON is
 * text: so the same queries run on SQLite and on PostgreSQL.
 */
export type Schema = {
  account: AccountTable
  identifier: IdentifierTable
  password: PasswordTable
  session: SessionTable
  known_browser: KnownBrowserTable
  mailed_link: MailedLinkTable
  outbox: OutboxTable
  audit: AuditTable
  throttle: ThrottleTable
  portal: PortalTable
  provider: ProviderTable
  federated_identifier: FederatedIdentifierTable
  federation_attempt: FederationAttemptTable
  pending_link: PendingLinkTable
  pending_sign_in: PendingSignInTable
  signing_key: SigningKeyTable
  engine_artifact: EngineArtifactTable
  key_check: KeyCheckTable
  provider_observation: ProviderObservationTable
  provider_count: ProviderCountTable
  provider_evidence: ProviderEvidenceTable
  provider_incident: ProviderIncidentTable
  provider_override: ProviderOverrideTable
  provider_check: ProviderCheckTable
  operator: OperatorTable
}

export type AccountTable = {
  id: string
  name: string
  locale: string
  created_at: number
  disabled_at: number | null
}

export type IdentifierTable = {
  id: string
  account_id: string
  kind: 'email' | 'phone'
  /** The one form that is compared: unique among proved identifiers of its kind. */
  canonical: string
  /** As the person typed it; mail goes here. */
  display: string
  /** When our own proof (or a trusted network's) was given; null while it is only claimed and opens nothing. */
  proved_at: number | null
  is_primary: number
  created_at: number
}

export type PasswordTable = {
  account_id: string
  /** `<pepper key id>$<PHC string>` */
  hash: string
  changed_at: number
  /** Failures in a row since the last success; at 100 the password is disabled. */
  failures: number
  disabled_at: number | null
}

export type SessionTable = {
  id: string
  token_hash: string
  account_id: string
  /** JSON: the proofs of identity this session rests on. */
  proofs: string
  device: string
  client_network: string
  created_at: number
  last_seen_at: number
  idle_expires_at: number
  expires_at: number
}

export type KnownBrowserTable = {
  token_hash: string
  account_id: string
  /** The way used last in this browser: `password` or `network:<provider id>`. */
  last_way: string
  seen_at: number
  expires_at: number
}

export type MailedLinkTable = {
  id: string
  token_hash: string
  purpose: string
  /** Null before an account exists. */
  account_id: string | null
  canonical: string
  display: string
  /** JSON that belongs to the purpose. */
  details: string
  outbox_id: string
  created_at: number
  expires_at: number
  consumed_at: number | null
  superseded_at: number | null
}

export type OutboxTable = {
  id: string
  channel: string
  /** JSON, encrypted; emptied when the row is done. */
  payload: string
  state: 'queued' | 'accepted' | 'refused' | 'expired'
  attempts: number
  next_at: number
  leased_until: number
  expires_at: number
  created_at: number
  done_at: number | null
  last_error: string | null
}

export type AuditTable = {
  id: string
  at: number
  event: string
  account_id: string | null
  client_network: string | null
  details: string
}

export type ThrottleTable = {
  key: string
  /** Theoretical arrival time of the generic cell rate algorithm, in milliseconds since 1970. */
  arrival_at: number
}

export type PortalTable = {
  id: string
  name: string
  client_secret: string
  redirect_uris: string
  post_logout_redirect_uris: string
  backchannel_logout_uri: string | null
  start_uri: string
  logo_uri: string | null
  colour: string | null
  /** JSON: who may open it. */
  access: string
  created_at: number
}

export type ProviderTable = {
  id: string
  kind: 'oidc' | 'oauth2'
  name: string
  logo: string
  issuer: string
  client_id: string
  client_secret: string
  /** JSON: scopes, endpoints, how subject, name and address are read, and which addresses are trusted. */
  settings: string
  enabled: number
  created_at: number
  /** When the secret stops working, as the operator or the network said; null when it does not. */
  secret_expires_at: number | null
}

export type FederatedIdentifierTable = {
  provider_id: string
  subject: string
  account_id: string
  linked_at: number
  last_used_at: number
  /** Set when an address was proved later than this link was made and the link must be confirmed there once. */
  quarantined_at: number | null
}

export type FederationAttemptTable = {
  state_hash: string
  provider_id: string
  browser_hash: string
  purpose: 'sign-in' | 'link' | 'step-up'
  session_id: string | null
  continue_to: string
  client_network: string
  /** JSON, encrypted: nonce and PKCE verifier. */
  checks: string
  reference: string
  created_at: number
  expires_at: number
  consumed_at: number | null
  outcome: string | null
  outcome_word: string | null
}

export type PendingSignInTable = {
  browser_hash: string
  account_id: string
  /** JSON: the proofs so far. */
  proofs: string
  continue_to: string
  expires_at: number
}

export type PendingLinkTable = {
  id: string
  browser_hash: string
  account_id: string
  provider_id: string
  subject: string
  created_at: number
  expires_at: number
  consumed_at: number | null
}

export type SigningKeyTable = {
  id: string
  algorithm: string
  /** JWK as JSON, encrypted. */
  private_key: string
  created_at: number
  /** From when it signs; published before. */
  active_at: number
  /** Until when tokens signed with it can be verified; null while it is in use. */
  retired_at: number | null
}

export type EngineArtifactTable = {
  model: string
  id: string
  payload: string
  grant_id: string | null
  uid: string | null
  /** The account's session it lives and ends with. */
  session_id: string | null
  created_at: number
  consumed_at: number | null
  expires_at: number | null
}

export type KeyCheckTable = {
  key_id: string
  created_at: number
}

export type ProviderObservationTable = {
  id: string
  provider_id: string
  at: number
  step: string
  outcome: string
  reason: string | null
  milliseconds: number | null
  client_network: string
  /** Number for questions of the attempt it belongs to. */
  reference: string | null
}

/** Observations, counted as they are written. */
export type ProviderCountTable = {
  provider_id: string
  /** When the five minutes began. */
  at: number
  step: string
  outcome: string
  /** Empty: none. */
  reason: string
  count: number
}

export type ProviderEvidenceTable = {
  provider_id: string
  /** Empty: of all client networks. */
  client_network: string
  /** JSON: decayed counts and runs for each kind of evidence. */
  streams: string
  at: number
}

export type ProviderIncidentTable = {
  id: string
  provider_id: string
  /** Empty: for everybody. */
  client_network: string
  state: 'troubled' | 'down'
  reason: string
  /** JSON: the counts that led to it. */
  evidence: string
  since: number
  ended_at: number | null
}

export type ProviderOverrideTable = {
  provider_id: string
  state: 'troubled' | 'off'
  until: number
  /** Account of the operator. */
  set_by: string
  set_at: number
}

export type ProviderCheckTable = {
  provider_id: string
  checked_at: number
  /** JSON: what the discovery document said then. */
  discovery: string
  /** JSON: what an operator should know. */
  findings: string
  /** When it last said no to a code that nobody was given. */
  said_no_at: number | null
}

export type OperatorTable = {
  account_id: string
  granted_at: number
}
