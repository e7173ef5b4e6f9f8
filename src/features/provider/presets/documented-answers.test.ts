import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { second } from '#kernel/duration.ts'
import { identityOf } from '../client/federated-identity.ts'
import { createProviderClient } from '../client/provider-client.ts'
import type { Provider } from '../provider.ts'
import { type LoopbackNetworks, secrets, startLoopbackNetworks } from '../testing/loopback-networks.ts'
import { presets } from './index.ts'

/** A network's response as its documentation shows it, and the identity in it. */
type Documented = {
  readonly source: string
  /** The user's data, or the claims of an id_token. */
  readonly answer: Record<string, unknown>
  readonly emails?: unknown
  readonly debugToken?: unknown
  readonly token?: Record<string, unknown>
  /** Parameters that come back with the code. */
  readonly query?: Record<string, string>
  readonly clientId?: string
  readonly identity: { readonly subject: string; readonly name: string; readonly address?: string; trusted?: boolean }
}

const place = (id: string) => new URL(`documented-answers/${id}.json`, import.meta.url)
const ids = Object.keys(presets) as (keyof typeof presets)[]
const checks = { verifier: 'v'.repeat(43), nonce: 'n' }

let networks: LoopbackNetworks
before(async () => {
  networks = await startLoopbackNetworks()
})
after(() => networks.close())

test('every preset has a documented answer, and every documented answer a preset', () => {
  assert.deepEqual(
    ids.filter((id) => !existsSync(place(id))),
    [],
  )
  const files = readdirSync(new URL('documented-answers', import.meta.url))
  assert.deepEqual(files.sort(), ids.map((id) => `${id}.json`).sort())
})

for (const id of ids) {
  test(`${presets[id].name}: the documented answer identifies the person`, async () => {
    const documented: Documented = JSON.parse(networks.relocate(readFileSync(place(id), 'utf8')))
    assert.match(JSON.parse(readFileSync(place(id), 'utf8')).source, /^https:\/\//)
    const provider = networks.provider(id, { ...(documented.clientId && { clientId: documented.clientId }) })
    const idToken = provider.kind === 'oidc' && (await signed(provider, documented.answer))
    networks.answer = answersOf(provider, documented, idToken || undefined)
    // Apple's signed secret is tested separately.
    const client = createProviderClient({
      clock: { now: () => Date.now() },
      secrets,
      outboundRanges: ['127.0.0.0/8', '::1/128'],
    })
    const query = new URLSearchParams({ code: 'c', state: 's', ...documented.query })
    const claims = await client.finish(provider, new URL(`http://localhost/callback?${query}`), checks, () => {})
    const { subject, name, address } = identityOf(provider, claims) ?? {}
    const { email, trusted } = address ?? {}
    assert.deepEqual(
      { subject, name, address: email?.canonical, trusted },
      { address: undefined, trusted: undefined, ...documented.identity },
    )
  })
}

function signed({ issuer, clientId }: Provider, claims: Record<string, unknown>): Promise<string> {
  const now = Math.floor(Date.now() / second)
  const { azp: _, ...others } = claims
  return networks.sign({ ...others, iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce: checks.nonce })
}

/** Answers only by path. What each network requires of a request is tested beside the client. */
function answersOf(
  provider: Provider,
  documented: Documented,
  idToken: string | undefined,
): LoopbackNetworks['answer'] {
  const { issuer, settings } = provider
  const { token, user, emails, debugToken } = settings.endpoints ?? { token: `${issuer}/token` }
  const bodies = new Map<string | undefined, unknown>([
    [token, documented.token ?? { access_token: 'token', token_type: 'Bearer', id_token: idToken }],
    [user, documented.answer],
    [emails, documented.emails],
    [debugToken, documented.debugToken],
    [`${issuer}/.well-known/openid-configuration`, discoveryOf(issuer)],
    [`${issuer}/keys`, networks.keys()],
  ])
  const byPlace = new Map([...bodies].map(([url, body]) => [url && new URL(url).pathname.slice(1), body]))
  return (asked) => (byPlace.has(asked.place) ? { body: byPlace.get(asked.place) } : undefined)
}

function discoveryOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    id_token_signing_alg_values_supported: ['ES256'],
  }
}
