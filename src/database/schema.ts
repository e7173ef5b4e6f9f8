/**
 * All tables. Ids are text that we generate, instants are integer milliseconds since 1970, booleans are 0 or 1, JSON is
 * text: so the same queries run on SQLite and PostgreSQL.
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
  /** The only form that is compared. Unique among proved identifiers of its kind. */
  canonical: string
  /** As the person typed it; mail goes here. */
  display: string
  /** When it was proved to us or by a trusted provider. Null while it is only claimed, and no use for signing in. */
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
  /** JSON: the proofs that this session was started with. */
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
  /** How the account last signed in from this browser: `password` or `network:<provider id>`. */
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
  /** JSON; its shape depends on the purpose. */
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
  /** JSON, encrypted. Emptied when delivery ends. */
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
  /** JSON: the access rule. */
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
  /** When the secret expires, according to the operator or the provider. Null if it never does. */
  secret_expires_at: number | null
}

export type FederatedIdentifierTable = {
  provider_id: string
  subject: string
  account_id: string
  linked_at: number
  last_used_at: number
  /** Set if the account's address was proved after linking: the link must first be confirmed at that address. */
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
  /** JSON: the proofs given so far. */
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
  /** When it starts to sign. It is published before that. */
  active_at: number
  /** When it stops being published, so that its tokens can no longer be verified. Null while it is in use. */
  retired_at: number | null
}

export type EngineArtifactTable = {
  model: string
  id: string
  payload: string
  grant_id: string | null
  uid: string | null
  /** The account's session that it ends with. */
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
  /** Reference of the attempt. */
  reference: string | null
}

/** Counters of observations, updated as observations are written. */
export type ProviderCountTable = {
  provider_id: string
  /** Start of the five-minute interval. */
  at: number
  step: string
  outcome: string
  /** Empty if there is none. */
  reason: string
  count: number
}

export type ProviderEvidenceTable = {
  provider_id: string
  /** Empty for all client networks together. */
  client_network: string
  /** JSON: decayed counts and runs for each stream. */
  streams: string
  at: number
}

export type ProviderIncidentTable = {
  id: string
  provider_id: string
  /** Empty if it affects all client networks. */
  client_network: string
  state: 'troubled' | 'down'
  reason: string
  /** JSON: the counts that it was concluded from. */
  evidence: string
  since: number
  ended_at: number | null
}

export type ProviderOverrideTable = {
  provider_id: string
  state: 'troubled' | 'off'
  until: number
  /** Account id of the operator. */
  set_by: string
  set_at: number
}

export type ProviderCheckTable = {
  provider_id: string
  checked_at: number
  /** JSON: the discovery document at that time. */
  discovery: string
  /** JSON: findings for the operator. */
  findings: string
  /** When it last rejected the made-up code that the check sends. */
  said_no_at: number | null
}

export type OperatorTable = {
  account_id: string
  granted_at: number
}
