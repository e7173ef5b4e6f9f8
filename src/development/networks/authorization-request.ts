import type { Network, NetworkKind } from './network.ts'

/** An authorization request that passed every check. */
export type AuthorizationRequest = {
  readonly redirectUri: string
  readonly state: string | undefined
  readonly scopes: readonly string[]
  readonly codeChallenge: string
  readonly nonce: string | undefined
}

type Check = {
  readonly error: string
  readonly description: string
  readonly holds: (parameters: URLSearchParams, kind: NetworkKind['kind']) => boolean
}

const scopesOf = (parameters: URLSearchParams) => (parameters.get('scope') ?? '').split(' ').filter(Boolean)

/** RFC 6749 section 4.1.1, RFC 7636 section 4.4.1, OpenID Connect Core section 3.1.2.1. */
const checks: readonly Check[] = [
  {
    error: 'request_not_supported',
    description: 'request objects are not supported',
    holds: (parameters) => !parameters.has('request') && !parameters.has('request_uri'),
  },
  {
    error: 'invalid_request',
    description: 'a parameter is repeated',
    holds: (parameters) => new Set(parameters.keys()).size === parameters.size,
  },
  {
    error: 'unsupported_response_type',
    description: 'response_type must be code',
    holds: (parameters) => parameters.get('response_type') === 'code',
  },
  {
    error: 'invalid_request',
    description: 'response_mode must be query',
    holds: (parameters) => (parameters.get('response_mode') ?? 'query') === 'query',
  },
  {
    error: 'invalid_request',
    description: 'code_challenge_method must be S256',
    holds: (parameters) => parameters.get('code_challenge_method') === 'S256',
  },
  {
    error: 'invalid_request',
    description: 'code_challenge must be 43 characters of base64url',
    holds: (parameters) => /^[\w-]{43}$/.test(parameters.get('code_challenge') ?? ''),
  },
  {
    error: 'invalid_scope',
    description: 'scope must contain openid',
    holds: (parameters, kind) => kind !== 'oidc' || scopesOf(parameters).includes('openid'),
  },
  {
    error: 'invalid_request',
    description: 'state is required',
    holds: (parameters, kind) => kind !== 'oauth2' || Boolean(parameters.get('state')),
  },
  {
    error: 'login_required',
    description: 'this network keeps no sessions',
    holds: (parameters) => parameters.get('prompt') !== 'none',
  },
]

/** The parameter that makes a redirect unsafe, because the client or its redirect URI is unknown. */
export function untrustedParameter(parameters: URLSearchParams, { client }: Network): string | undefined {
  if (parameters.getAll('client_id').join() !== client.clientId) return 'client_id'
  const redirectUris = parameters.getAll('redirect_uri')
  return redirectUris.length === 1 && client.redirectUris.includes(redirectUris[0] as string)
    ? undefined
    : 'redirect_uri'
}

/** The first check that fails, as the `error` and `error_description` to send back. */
export function requestError(parameters: URLSearchParams, kind: NetworkKind['kind']) {
  const broken = checks.find(({ holds }) => !holds(parameters, kind))
  return broken && { error: broken.error, error_description: broken.description }
}

/** Only for requests that passed `untrustedParameter` and `requestError`. */
export function parseAuthorizationRequest(parameters: URLSearchParams): AuthorizationRequest {
  return {
    redirectUri: parameters.get('redirect_uri') as string,
    state: parameters.get('state') ?? undefined,
    scopes: scopesOf(parameters),
    codeChallenge: parameters.get('code_challenge') as string,
    nonce: parameters.get('nonce') ?? undefined,
  }
}
