import { createHash } from 'node:crypto'
import { sameSecret } from '#kernel/secret.ts'
import type { Grant } from './grants.ts'
import type { Network } from './network.ts'
import { Refusal } from './refusal.ts'
import type { Visit } from './web/index.ts'

export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post'

type Credentials = { readonly id: string; readonly secret: string; readonly method: ClientAuthentication }

/** RFC 6749, section 2.3.1: both halves are form-encoded before they are joined. */
function basicCredentials(authorization: string): Credentials | undefined {
  const [scheme, encoded = ''] = authorization.split(' ')
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  if (scheme?.toLowerCase() !== 'basic' || id === undefined || secret === undefined) return undefined
  const decode = (text: string) => new URLSearchParams(`v=${text}`).get('v') ?? ''
  return { id: decode(id), secret: decode(secret), method: 'client_secret_basic' }
}

function credentialsOf({ headers }: Visit, form: URLSearchParams): Credentials | undefined {
  if (headers.authorization) return basicCredentials(headers.authorization)
  return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '', method: 'client_secret_post' }
}

function authenticateClient(
  network: Network,
  visit: Visit,
  form: URLSearchParams,
  allowed: readonly ClientAuthentication[],
) {
  const given = credentialsOf(visit, form)
  const { clientId, clientSecret } = network.client
  if (given && allowed.includes(given.method) && given.id === clientId && sameSecret(given.secret, clientSecret)) return
  throw new Refusal(401, 'invalid_client', 'client authentication failed', {
    'www-authenticate': 'Basic realm="token endpoint"',
  })
}

function readForm({ headers, body }: Visit): URLSearchParams {
  const form = new URLSearchParams(body)
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    throw new Refusal(400, 'invalid_request', 'the body must be a form')
  }
  if (new Set(form.keys()).size !== form.size) throw new Refusal(400, 'invalid_request', 'a parameter is repeated')
  return form
}

/** Verifies PKCE with S256 (RFC 7636, section 4.6) and the redirect URI. */
function matches(grant: Grant, form: URLSearchParams): boolean {
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  return challenge === grant.codeChallenge && form.get('redirect_uri') === grant.redirectUri
}

/** Consumes the code of a token request even if the request fails, so that nobody can guess the verifier twice. */
export function redeemCode(network: Network, visit: Visit, allowed: readonly ClientAuthentication[]) {
  const form = readForm(visit)
  authenticateClient(network, visit, form, allowed)
  if (form.get('grant_type') !== 'authorization_code') {
    throw new Refusal(400, 'unsupported_grant_type', 'grant_type must be authorization_code')
  }
  const code = form.get('code') ?? ''
  const grant = network.grants.redeem(code)
  if (!grant || !matches(grant, form)) {
    throw new Refusal(400, 'invalid_grant', 'the code is unknown, expired or used, or belongs to another request')
  }
  return { grant, accessToken: network.grants.issueToken(code, grant) }
}

/** The grant behind a bearer token (RFC 6750). */
export function bearerGrant(network: Network, { headers }: Visit): Grant {
  const token = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1]
  const grant = token && network.grants.findByToken(token)
  if (grant) return grant
  throw new Refusal(401, 'invalid_token', 'the access token is unknown or expired', {
    'www-authenticate': 'Bearer error="invalid_token"',
  })
}
