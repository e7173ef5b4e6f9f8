import type { Provider } from '../provider.ts'

/** How GitHub, Slack, Twitch and Facebook say that the client id or secret is wrong. */
const unknownClient = new Set([
  'unauthorized_client',
  'incorrect_client_credentials',
  'invalid_client_id',
  'bad_client_secret',
  'invalid_client_secret',
  'OAuthException.1',
  'OAuthException.101',
])

/**
 * Converts a token response to RFC 6749, sections 5.1 and 5.2, since providers deviate from it: errors with status 200
 * (GitHub, Slack, Naver), as an object (Facebook) or as a sentence (Twitch), scopes as a list (Twitch), no token type
 * (Mail.ru).
 */
export async function normalizeTokenResponse(kind: Provider['kind'], response: Response): Promise<Response> {
  const answer = await readObject(response.clone())
  if (!answer) return response
  const code = typeof answer.access_token === 'string' ? undefined : errorCode(answer, response.ok)
  if (code !== undefined) {
    const error = unknownClient.has(code) ? 'invalid_client' : code
    return json({ ...answer, error }, response.ok ? 400 : response.status)
  }
  const { id_token: idToken, scope, token_type: type = 'bearer', ...rest } = answer
  return json(
    {
      ...rest,
      token_type: type,
      ...(scope !== undefined && { scope: Array.isArray(scope) ? scope.join(' ') : scope }),
      // Drop id_tokens of plain OAuth 2 providers: they are not verified, and the library would reject their issuer.
      ...(kind === 'oidc' && idToken !== undefined && { id_token: idToken }),
    },
    response.status,
  )
}

function errorCode({ error, message }: Record<string, unknown>, ok: boolean): string | undefined {
  if (typeof error === 'string' && error !== '') return error
  if (isObject(error)) return [error.type, error.code].filter((part) => part !== undefined).join('.') || 'error'
  return !ok && typeof message === 'string' ? message.replaceAll(' ', '_') : undefined
}

async function readObject(response: Response): Promise<Record<string, unknown> | undefined> {
  try {
    const value: unknown = await response.json()
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function json(value: unknown, status: number): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
}
