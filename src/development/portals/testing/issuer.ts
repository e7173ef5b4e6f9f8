import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'

export type Client = {
  readonly id: string
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

export type Issuer = {
  readonly url: string
  /** Starts to answer. Until then connections are closed. */
  readonly open: (clients: readonly Client[]) => Promise<void>
  /** Whether sign-ins are cancelled. */
  refuses: boolean
  readonly close: () => Promise<void>
}

const person = { sub: 'p-1', name: 'Anna <Lindner>', email: 'anna@example.org', email_verified: true }

/** Removes the engine's dispatcher, which refuses to connect to loopback. */
const fetchOnLoopback = (url: string | URL | Request, options?: RequestInit) =>
  fetch(url, { ...options, dispatcher: undefined } as RequestInit)

async function createProvider(url: string, clients: readonly Client[]): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return new Provider(url, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'k1' }] },
    cookies: { keys: ['a key for tests only'], names: { session: 'issuer_session' } },
    clients: clients.map((client) => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: [`${client.url}/callback`],
      post_logout_redirect_uris: [`${client.url}/signed-out`],
      backchannel_logout_uri: `${client.url}/backchannel-logout`,
      backchannel_logout_session_required: true,
      require_auth_time: true,
      id_token_signed_response_alg: 'ES256',
    })),
    claims: { openid: ['sub', 'amr'], profile: ['name'], email: ['email', 'email_verified'] },
    scopes: ['openid', 'profile', 'email'],
    pkce: { required: () => true },
    fetch: fetchOnLoopback,
    ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 600, IdToken: 600 },
    findAccount: () => ({ accountId: person.sub, claims: () => person }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context) => {
      const { client, account, params, session } = context.oidc
      const grantId = client && session?.grantIdFor(client.clientId)
      if (grantId) return context.oidc.provider.Grant.find(grantId)
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: account?.accountId ?? '',
      })
      grant.addOIDCScope(String(params?.scope))
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = form.replace('</form>', '<button name="logout" value="yes">yes</button></form>')
        },
      },
    },
  })
}

/** An OpenID provider that signs in without a page. */
export async function listenAsIssuer(): Promise<Issuer> {
  let provider: Provider | undefined
  const server = createServer(async (request, response) => {
    if (!provider) request.socket.destroy()
    else if (!request.url?.startsWith('/interaction/')) await provider.callback()(request, response)
    else {
      const refusal = { error: 'access_denied', error_description: 'the person said no' }
      const login = { login: { accountId: person.sub, amr: ['pwd', 'otp'] } }
      await provider.interactionFinished(request, response, issuer.refuses ? refusal : login)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const issuer: Issuer = {
    url,
    refuses: false,
    open: async (clients) => {
      provider = await createProvider(url, clients)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return issuer
}
