import type { Portal } from '#features/portal/index.ts'
import type { Secrets } from '#kernel/secret.ts'

/** A portal as client metadata of OpenID Connect Dynamic Client Registration. */
export type ClientMetadata = Readonly<Record<string, unknown>> & { readonly client_id: string }

/** What the engine needs the client for in this request. */
export type ClientUse = {
  /** Portals may use either method of RFC 6749, 2.3.1, but the engine accepts only one per client. */
  readonly authMethod: 'client_secret_basic' | 'client_secret_post'
  /** Whether the engine may send the portal a back-channel logout. */
  readonly backchannelLogout: boolean
}

export function clientOf(portal: Portal, secrets: Secrets, use: ClientUse): ClientMetadata {
  return {
    client_id: portal.id,
    client_secret: secrets.decrypt('client-secret', portal.clientSecret),
    client_name: portal.name,
    redirect_uris: portal.redirectUris,
    post_logout_redirect_uris: portal.postLogoutRedirectUris,
    ...(use.backchannelLogout &&
      portal.backchannelLogoutUri && {
        backchannel_logout_uri: portal.backchannelLogoutUri,
        backchannel_logout_session_required: true,
      }),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: ['query', 'form_post'],
    token_endpoint_auth_method: use.authMethod,
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
  }
}
