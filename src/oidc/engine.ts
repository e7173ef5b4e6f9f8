import './silence-lts-warning.ts'
import type { JWK } from 'jose'
import Provider, { type Configuration, type errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { type AccountStore, type IdentifierStore, maySignIn, proved } from '#features/account/index.ts'
import { isOpenTo, type PortalStore } from '#features/portal/index.ts'
import { amrOf, authTime } from '#features/session/index.ts'
import { day, hour, minute, second } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Secrets } from '#kernel/secret.ts'
import { type AdapterDeps, adapterFactory } from './adapter.ts'
import { engineRequest, readOnce } from './engine-request.ts'
import { enginePaths, interactionPath } from './oidc-urls.ts'

export type EngineDeps = {
  readonly issuer: string
  readonly secure: boolean
  readonly development: boolean
  readonly secrets: Secrets
  readonly adapter: AdapterDeps
  readonly read: {
    readonly accounts: AccountStore
    readonly identifiers: IdentifierStore
    readonly portals: PortalStore
  }
  /** Our pages in place of the engine's. */
  readonly showError: (context: KoaContextWithOIDC, error: errors.OIDCProviderError) => Promise<void>
  readonly showLogout: (context: KoaContextWithOIDC, form: string) => Promise<void>
}

const seconds = (milliseconds: number) => milliseconds / second

/** The OpenID provider engine over our storage, our sessions and our pages. */
export function createEngine(deps: EngineDeps, keys: readonly JWK[]): Provider {
  const engine = new Provider(deps.issuer, configuration(deps, keys))
  // Fastify has checked Host and replaced the proxy headers before the engine sees them (oidc.routes.tsx).
  engine.proxy = true
  nameSuccessors(engine, deps.secrets)
  followAccount(engine)
  return engine
}

/** The engine's session follows the account's session: same account, same proofs. */
function followAccount(engine: Provider): void {
  type EngineSession = { loginAccount: (details: { accountId: string; loginTs: number; amr: string[] }) => void }
  const model = engine.Session as unknown as { get: (context: KoaContextWithOIDC) => Promise<EngineSession> }
  const stored = model.get.bind(model)
  model.get = async (context) => {
    const own = await stored(context)
    const { session } = engineRequest()
    if (session) {
      const { accountId, proofs } = session
      own.loginAccount({ accountId, loginTs: authTime(proofs), amr: [...amrOf(proofs)] })
    }
    return own
  }
}

/** Rotating a refresh token twice within the grace period yields one successor, so that nobody is signed out (D9). */
function nameSuccessors(engine: Provider, secrets: Secrets): void {
  const model = engine.RefreshToken.prototype as unknown as { generateTokenId: () => string }
  const randomTokenId = model.generateTokenId
  model.generateTokenId = function () {
    const rotated = Provider.ctx?.oidc.entities.RotatedRefreshToken
    return rotated ? secrets.keyed('engine-token', `successor ${rotated.jti}`) : randomTokenId.call(this)
  }
}

function configuration(deps: EngineDeps, keys: readonly JWK[]): Configuration {
  const prefix = deps.secure ? '__Secure-einlass-' : 'einlass-'
  const cookie = { httpOnly: true, sameSite: 'lax', secure: deps.secure, signed: true } as const
  return {
    adapter: adapterFactory(deps.adapter),
    jwks: { keys: [...keys] as never },
    routes: enginePaths,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    cookies: {
      keys: deps.secrets.all('engine-cookie').map((entry) => entry.key.toString('base64url')),
      names: {
        session: deps.secure ? '__Host-einlass-engine' : 'einlass-engine',
        interaction: `${prefix}interaction`,
        resume: `${prefix}resume`,
      },
      short: cookie,
      long: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: deps.showLogout },
      // The outbox sends logouts to portals: with retries, and without delaying the person who signs out.
      backchannelLogout: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      // A portal may introspect only its own tokens.
      introspection: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      dPoP: { enabled: true },
    },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    claims: {
      openid: ['sub', 'amr'],
      profile: ['name', 'locale'],
      email: ['email', 'email_verified'],
      phone: ['phone_number', 'phone_number_verified'],
    },
    scopes: ['openid', 'offline_access'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256'] },
    discovery: { ui_locales_supported: ['de', 'en'], service_documentation: undefined },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: seconds(hour),
      IdToken: seconds(hour),
      RefreshToken: seconds(14 * day),
      Session: seconds(30 * day),
      Grant: seconds(30 * day),
      Interaction: seconds(hour),
      PushedAuthorizationRequest: seconds(minute),
    },
    interactions: { policy: policy(deps), url: (_context, interaction) => interactionPath(interaction.uid) },
    // Portals belong to the operator, so there is no consent page: the access rule decides who may open them.
    loadExistingGrant: (context) => loadGrant(deps, context),
    findAccount: (context, subject) => findAccount(deps, context, subject),
    renderError: (context, _out, error) => deps.showError(context, error as errors.OIDCProviderError),
    clockTolerance: 15,
    ...(deps.development && { fetch: fetchOnLoopback }),
  }
}

/** The engine refuses to call private addresses, but in development the portals are on localhost. */
function fetchOnLoopback(url: string | URL | Request, options?: RequestInit): Promise<Response> {
  return fetch(url, { ...options, dispatcher: undefined } as RequestInit)
}

function policy(deps: EngineDeps) {
  const { base, Check, Prompt } = interactionPolicy
  const prompts = base()
  // `prompt=consent` is accepted, since portals must send it to get a refresh token (OpenID Connect Core, 11).
  prompts.get('consent')?.checks.clear()
  prompts
    .get('login')
    ?.checks.add(
      new Check('session_ended', 'End-User authentication is required', () => engineRequest().session === undefined),
    )
  prompts.add(
    new Prompt(
      { name: 'access', requestable: false },
      new Check('not_allowed', 'this portal is not open to the End-User', 'access_denied', async (context) => {
        const { accountId } = context.oidc.session ?? {}
        const clientId = context.oidc.client?.clientId
        return !accountId || !clientId || !(await admits(deps, clientId, accountId as AccountId))
      }),
    ),
  )
  return prompts
}

/**
 * The portal's grant in this session. Its id and the portal's `sid` are derived from session and portal, so that tabs
 * that open the portal at the same time get the same ones instead of racing.
 */
async function loadGrant(deps: EngineDeps, context: KoaContextWithOIDC) {
  const { client, provider, session } = context.oidc
  if (!client || !session?.accountId || !engineRequest().session) return undefined
  const name = (what: string) => deps.secrets.keyed('engine-token', `${what} ${session.uid} ${client.clientId}`)
  const id = name('grant')
  if (!session.sidFor(client.clientId)) session.sidFor(client.clientId, name('sid'))
  const existing = await provider.Grant.find(id)
  const grant = existing ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.jti = id
  const wanted = [...context.oidc.requestParamScopes].join(' ')
  if (existing && grant.getOIDCScopeFiltered(context.oidc.requestParamOIDCScopes) === wanted) return grant
  grant.addOIDCScope(wanted)
  grant.addOIDCClaims([...context.oidc.requestParamClaims])
  await grant.save()
  return grant
}

/** Whether the portal's present access rule admits the account. */
async function admits(deps: EngineDeps, clientId: string, accountId: AccountId): Promise<boolean> {
  const [portal, identifiers] = await Promise.all([
    readOnce(`portal ${clientId}`, () => deps.read.portals.find(clientId)),
    identifiersOf(deps, accountId),
  ])
  return portal !== undefined && isOpenTo(portal, identifiers)
}

function identifiersOf(deps: EngineDeps, accountId: AccountId) {
  return readOnce(`identifiers ${accountId}`, () => deps.read.identifiers.listOfAccount(accountId))
}

/** The gate at redemption: no tokens for a missing or disabled account or a closed portal, even with a valid code. */
async function findAccount(deps: EngineDeps, context: KoaContextWithOIDC, subject: string) {
  const accountId = subject as AccountId
  const account = await readOnce(`account ${accountId}`, () => deps.read.accounts.find(accountId))
  try {
    maySignIn(account)
  } catch {
    return undefined
  }
  const clientId = context.oidc.client?.clientId
  if (clientId && !(await admits(deps, clientId, accountId))) return undefined
  return {
    accountId,
    claims: async () => {
      const identifiers = proved(await identifiersOf(deps, accountId))
      const email = identifiers.find((each) => each.kind === 'email' && each.primary) ?? identifiers.find(isEmail)
      const phone = identifiers.find((each) => each.kind === 'phone')
      return {
        sub: accountId,
        name: account.name,
        locale: account.locale,
        ...(email && { email: email.display, email_verified: true }),
        ...(phone && { phone_number: phone.canonical, phone_number_verified: true }),
      }
    },
  }
}

function isEmail(identifier: { readonly kind: string }): boolean {
  return identifier.kind === 'email'
}
