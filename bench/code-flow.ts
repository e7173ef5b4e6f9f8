import { createHash, randomBytes } from 'node:crypto'
import { type Answer, type Jar, send } from './client.ts'

export type Party = {
  readonly authorize: string
  readonly token: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/**
 * Runs the code flow with PKCE as portal and browser.
 * @param onPage called with a page where the redirects stop before they reach the portal; signs in and returns the next
 * URL
 */
export async function codeFlow(
  party: Party,
  jar: Jar,
  address: string,
  onPage?: (url: string, page: Answer) => Promise<string>,
): Promise<void> {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: party.clientId,
    redirect_uri: party.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 's',
    nonce: 'n',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  let url = `${party.authorize}?${query}`
  while (!url.startsWith(party.redirectUri)) {
    const answer = jar.keep(await send('GET', url, { cookie: jar.header, 'x-forwarded-for': address }))
    if (answer.headers.location) url = new URL(answer.headers.location, url).href
    else if (onPage && answer.status === 200) url = await onPage(url, answer)
    else throw new Error(`${url} answered ${answer.status}`)
  }
  const code = new URL(url).searchParams.get('code')
  if (!code) throw new Error(`no code: ${url}`)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: party.redirectUri,
    code_verifier: verifier,
  })
  const credentials = Buffer.from(`${party.clientId}:${party.clientSecret}`).toString('base64')
  const tokens = await send(
    'POST',
    party.token,
    { authorization: `Basic ${credentials}`, 'x-forwarded-for': address },
    body.toString(),
  )
  if (tokens.status !== 200) throw new Error(`token endpoint: ${tokens.status} ${tokens.body}`)
}
