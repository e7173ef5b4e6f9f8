import type { FastifyRequest } from 'fastify'
import type { Portal } from '../features/portal/index.ts'
import type { Secrets } from '../kernel/secret.ts'

/** A portal in the words of OpenID Connect Dynamic Client Registration. */
export type ClientMetadata = Readonly<Record<string, unknown>> & { readonly client_id: string }

/**
 * @param request the request in which the client is needed, if it is one: a portal may send its secret either way that
 * RFC 6749, 2.3.1 knows, and the engine wants to be told one
 */
export function clientOf(portal: Portal, secrets: Secrets, request: FastifyRequest | undefined): ClientMetadata {
  const basic = request?.headers.authorization?.startsWith('Basic ') ?? false
  return {
    client_id: portal.id,
    client_secret: secrets.decrypt('client-secret', portal.clientSecret),
    client_name: portal.name,
    redirect_uris: portal.redirectUris,
    post_logout_redirect_uris: portal.postLogoutRedirectUris,
    ...(portal.backchannelLogoutUri && {
      backchannel_logout_uri: portal.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: basic ? 'client_secret_basic' : 'client_secret_post',
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
  }
}
