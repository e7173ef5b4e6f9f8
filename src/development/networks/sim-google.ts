import type { JWTPayload } from 'jose'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import { type Grant, tokenLifetime } from './grants.ts'
import { homeEndpoints } from './home.ts'
import type { Network, NetworkKind } from './network.ts'
import { signingAlgorithm } from './signing-key.ts'
import { bearerGrant, type ClientAuthentication, redeemCode } from './token-endpoint.ts'
import { json } from './web/index.ts'

const description = { id: 'sim-google', kind: 'oidc', name: 'Sim Google' } as const

const paths = {
  authorization: '/o/oauth2/v2/auth',
  token: '/token',
  userinfo: '/v1/userinfo',
  jwks: '/oauth2/v3/certs',
} as const

const clientAuthentication: readonly ClientAuthentication[] = ['client_secret_basic', 'client_secret_post']

function metadata({ url }: Network) {
  return {
    issuer: url,
    authorization_endpoint: url + paths.authorization,
    token_endpoint: url + paths.token,
    userinfo_endpoint: url + paths.userinfo,
    jwks_uri: url + paths.jwks,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [signingAlgorithm],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: clientAuthentication,
    claims_supported: ['sub', 'email', 'email_verified', 'name', 'hd'],
    code_challenge_methods_supported: ['S256'],
    ui_locales_supported: ['de', 'en'],
    authorization_response_iss_parameter_supported: true,
  }
}

/** The claims that the scopes of a grant give the client access to. */
function claimsAbout({ account, scopes }: Grant, network: Network) {
  const email = network.fault().email ?? account.email
  return {
    sub: account.subject,
    ...(scopes.includes('profile') && account.name ? { name: account.name } : {}),
    ...(scopes.includes('email') && email ? { email, email_verified: account.emailVerified } : {}),
    ...(account.hd ? { hd: account.hd } : {}),
  }
}

async function idToken(network: Network, grant: Grant): Promise<string> {
  const now = Math.floor(network.clock.now() / 1_000)
  const claims: JWTPayload = {
    iss: network.url,
    aud: network.client.clientId,
    azp: network.client.clientId,
    iat: now,
    exp: now + tokenLifetime / 1_000,
    ...claimsAbout(grant, network),
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
  }
  const fault = network.fault()
  const signed = fault.claims?.(claims) ?? claims
  return fault.sign ? fault.sign(signed, network.state.key) : network.state.key.sign(signed)
}

/** An OpenID Connect network modelled on Google. */
export const simGoogle: NetworkKind = {
  ...description,
  endpoints: {
    ...homeEndpoints(description.name),
    [paths.authorization]: { name: 'page', methods: ['GET', 'POST'], answer: authorizationEndpoint(description) },
    '/.well-known/openid-configuration': {
      name: 'discovery',
      methods: ['GET'],
      answer: (network) => json(200, metadata(network)),
    },
    [paths.jwks]: {
      name: 'jwks',
      methods: ['GET'],
      answer: ({ state }) => json(200, { keys: [state.key.publicJwk] }),
    },
    [paths.token]: {
      name: 'token',
      methods: ['POST'],
      answer: async (network, visit) => {
        const { grant, accessToken } = redeemCode(network, visit, clientAuthentication)
        return json(200, {
          access_token: accessToken,
          token_type: 'Bearer',
          expires_in: tokenLifetime / 1_000,
          scope: grant.scopes.join(' '),
          id_token: await idToken(network, grant),
        })
      },
    },
    [paths.userinfo]: {
      name: 'userinfo',
      methods: ['GET', 'POST'],
      answer: (network, visit) => {
        const claims = claimsAbout(bearerGrant(network, visit), network)
        return json(200, network.fault().userinfo?.(claims) ?? claims)
      },
    },
  },
}
