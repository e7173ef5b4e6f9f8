import './quiet-runtime.ts'
import type { JWK } from 'jose'
import Provider, { type Configuration, type errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { type AccountStore, type IdentifierStore, maySignIn, proved } from '../features/account/index.ts'
import { mayOpen, type PortalStore } from '../features/portal/index.ts'
import { day, hour, minute, second } from '../kernel/duration.ts'
import type { AccountId } from '../kernel/id.ts'
import type { Secrets } from '../kernel/secret.ts'
import { type AdapterDeps, adapterFactory } from './adapter.ts'
import { engineRequest } from './engine-request.ts'

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

export const enginePrefix = '/oidc'
export const interactionPath = (uid: string) => `/interaction/${uid}`

/** The OpenID provider engine over our storage, our sessions and our pages. */
export function createEngine(deps: EngineDeps, keys: readonly JWK[]): Provider {
  const engine = new Provider(deps.issuer, configuration(deps, keys))
  // Fastify has checked the Host and replaced what proxies say before the engine sees it (engine.routes.tsx).
  engine.proxy = true
  return engine
}

function configuration(deps: EngineDeps, keys: readonly JWK[]): Configuration {
  const prefix = deps.secure ? '__Secure-einlass-' : 'einlass-'
  const cookie = { httpOnly: true, sameSite: 'lax', secure: deps.secure, signed: true } as const
  return {
    adapter: adapterFactory(deps.adapter),
    jwks: { keys: [...keys] as never },
    routes: {
      authorization: `${enginePrefix}/authorize`,
      token: `${enginePrefix}/token`,
      userinfo: `${enginePrefix}/userinfo`,
      jwks: `${enginePrefix}/jwks`,
      end_session: `${enginePrefix}/sign-out`,
      revocation: `${enginePrefix}/revoke`,
      introspection: `${enginePrefix}/introspect`,
      pushed_authorization_request: `${enginePrefix}/request`,
    },
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
      // Portals are told by the outbox: with retries, and without anybody waiting for them.
      backchannelLogout: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true },
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
    // Portals are the operator's own: whom they may see is decided by the access rule, not asked of each person.
    loadExistingGrant: (context) => loadGrant(context),
    findAccount: (context, subject) => findAccount(deps, context, subject),
    renderError: (context, _out, error) => deps.showError(context, error as errors.OIDCProviderError),
    clockTolerance: 15,
    ...(deps.development && { fetch: fetchOnLoopback }),
  }
}

/** The engine refuses to call private addresses; in development the portals are on this machine. */
function fetchOnLoopback(url: string | URL | Request, options?: RequestInit): Promise<Response> {
  return fetch(url, { ...options, dispatcher: undefined } as RequestInit)
}

function policy(deps: EngineDeps) {
  const { base, Check, Prompt } = interactionPolicy
  const prompts = base()
  prompts.remove('consent')
  prompts.get('login')?.checks.add(
    new Check('session_ended', 'End-User authentication is required', (context) => {
      const { session } = engineRequest()
      return session === undefined || session.accountId !== context.oidc.session?.accountId
    }),
  )
  prompts.add(
    new Prompt(
      { name: 'access', requestable: false },
      new Check('not_allowed', 'this portal is not open to the End-User', 'access_denied', async (context) => {
        const { accountId } = context.oidc.session ?? {}
        const clientId = context.oidc.client?.clientId
        return !accountId || !clientId || !(await isOpenTo(deps, clientId, accountId as AccountId))
      }),
    ),
  )
  return prompts
}

async function loadGrant(context: KoaContextWithOIDC) {
  const { client, provider, session, result } = context.oidc
  if (!client || !session?.accountId) return undefined
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
  const existing = known ? await provider.Grant.find(known) : undefined
  const grant = existing ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  const wanted = [...context.oidc.requestParamScopes].join(' ')
  if (existing && grant.getOIDCScopeFiltered(context.oidc.requestParamOIDCScopes) === wanted) return grant
  grant.addOIDCScope(wanted)
  grant.addOIDCClaims([...context.oidc.requestParamClaims])
  await grant.save()
  return grant
}

/** Whether the portal's access rule lets the person in, as both are now. */
async function isOpenTo(deps: EngineDeps, clientId: string, accountId: AccountId): Promise<boolean> {
  const [portal, identifiers] = await Promise.all([
    deps.read.portals.find(clientId),
    deps.read.identifiers.listOfAccount(accountId),
  ])
  const emails = proved(identifiers).filter((identifier) => identifier.kind === 'email')
  return (
    portal !== undefined &&
    mayOpen(
      portal.access,
      emails.map((identifier) => identifier.canonical),
    )
  )
}

/** The gate at redemption: no account, a disabled one or a closed portal gets no token, whatever was issued before. */
async function findAccount(deps: EngineDeps, context: KoaContextWithOIDC, subject: string) {
  const accountId = subject as AccountId
  const account = await deps.read.accounts.find(accountId)
  try {
    maySignIn(account)
  } catch {
    return undefined
  }
  const clientId = context.oidc.client?.clientId
  if (clientId && !(await isOpenTo(deps, clientId, accountId))) return undefined
  return {
    accountId,
    claims: async () => {
      const identifiers = proved(await deps.read.identifiers.listOfAccount(accountId))
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
