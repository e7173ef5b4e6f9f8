import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { allowInsecureRequests, Configuration } from 'openid-client'
import type { Conversation } from './conversation.ts'
import { fetchClaims, type IssuerTokens } from './verify-oidc-response.ts'

/** The merged claims of an id_token and a userinfo response. */
async function claimsFrom(idToken: object, userinfo: object) {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sub: 's', ...userinfo })),
  )
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const config = new Configuration({ issuer, userinfo_endpoint: `${issuer}/me` }, 'client')
  allowInsecureRequests(config)
  const claims = { iss: issuer, sub: 's', aud: 'client', iat: 0, exp: 0, ...idToken } as IssuerTokens['claims']
  try {
    return await fetchClaims({ config } as Conversation, { accessToken: 'token', claims })
  } finally {
    server.close()
  }
}

test('PRE-5: an address and the claims that vouch for it come from one source, id_token or userinfo', async () => {
  const mixed = await claimsFrom({ xms_edov: true, email_verified: true, hd: 'a.example' }, { email: 'ceo@a.example' })
  assert.deepEqual(
    [mixed.email, mixed.xms_edov, mixed.email_verified, mixed.hd],
    ['ceo@a.example', undefined, undefined, undefined],
  )
  const other = await claimsFrom({ email: 'anna@a.example' }, { email: 'anna@a.example', email_verified: true })
  assert.equal(other.email_verified, undefined)
  const together = await claimsFrom({ name: 'Anna' }, { email: 'anna@a.example', email_verified: true })
  assert.deepEqual([together.name, together.email, together.email_verified], ['Anna', 'anna@a.example', true])
})
