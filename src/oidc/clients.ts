import type { Portal } from '#features/portal/index.ts'
import type { Secrets } from '#kernel/secret.ts'

/** A portal in the words of OpenID Connect Dynamic Client Registration. */
export type ClientMetadata = Readonly<Record<string, unknown>> & { readonly client_id: string }

/** What the engine needs the client for. */
export type ClientUse = {
  /** A portal may send its secret either way that RFC 6749, 2.3.1 knows, and the engine wants to be told one. */
  readonly authenticates: 'client_secret_basic' | 'client_secret_post'
  /** Whether the engine may tell the portal of a sign-out. */
  readonly told: boolean
}

export function clientOf(portal: Portal, secrets: Secrets, { authenticates, told }: ClientUse): ClientMetadata {
  return {
    client_id: portal.id,
    client_secret: secrets.decrypt('client-secret', portal.clientSecret),
    client_name: portal.name,
    redirect_uris: portal.redirectUris,
    post_logout_redirect_uris: portal.postLogoutRedirectUris,
    ...(told &&
      portal.backchannelLogoutUri && {
        backchannel_logout_uri: portal.backchannelLogoutUri,
        backchannel_logout_session_required: true,
      }),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: ['query', 'form_post'],
    token_endpoint_auth_method: authenticates,
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
  }
}
