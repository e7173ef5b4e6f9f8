import { handleOf } from './account.ts'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import { tokenLifetime } from './grants.ts'
import { homeEndpoints } from './home.ts'
import type { Network, NetworkKind } from './network.ts'
import { Refusal } from './refusal.ts'
import { bearerGrant, redeemCode } from './token-endpoint.ts'
import { type Answer, json, type Visit } from './web/index.ts'

const description = { id: 'sim-x', kind: 'oauth2', name: 'Sim X' } as const

const requiredScopes = ['users.read', 'tweet.read']

/** `confirmed_email` must be requested as a field, needs its own scope, and only contains a proved address. */
function me(network: Network, visit: Visit): Answer {
  const { account, scopes } = bearerGrant(network, visit)
  if (!requiredScopes.every((scope) => scopes.includes(scope))) {
    throw new Refusal(403, 'insufficient_scope', `the scopes ${requiredScopes.join(' and ')} are required`)
  }
  const fields = (visit.url.searchParams.get('user.fields') ?? '').split(',')
  const includesEmail = scopes.includes('users.email') && fields.includes('confirmed_email')
  const email = network.fault().email ?? (account.emailVerified ? account.email : undefined)
  return json(200, {
    data: {
      id: account.subject,
      name: account.name ?? handleOf(account),
      username: handleOf(account),
      ...(includesEmail && email ? { confirmed_email: email } : {}),
    },
  })
}

/** A plain OAuth 2 network modelled on X, with the paths of X. */
export const simX: NetworkKind = {
  ...description,
  endpoints: {
    ...homeEndpoints(description.name),
    '/i/oauth2/authorize': { name: 'page', methods: ['GET', 'POST'], answer: authorizationEndpoint(description) },
    '/2/oauth2/token': {
      name: 'token',
      methods: ['POST'],
      answer: (network, visit) => {
        const { grant, accessToken } = redeemCode(network, visit, ['client_secret_basic'])
        return json(200, {
          token_type: 'bearer',
          expires_in: tokenLifetime / 1_000,
          access_token: accessToken,
          scope: grant.scopes.join(' '),
        })
      },
    },
    '/2/users/me': { name: 'userinfo', methods: ['GET'], answer: me },
  },
}
