const enginePrefix = '/oidc'

/** Where the engine answers; each spelling of these and no other is handed over to it. */
export const enginePaths = {
  authorization: `${enginePrefix}/authorize`,
  token: `${enginePrefix}/token`,
  userinfo: `${enginePrefix}/userinfo`,
  jwks: `${enginePrefix}/jwks`,
  end_session: `${enginePrefix}/sign-out`,
  revocation: `${enginePrefix}/revoke`,
  introspection: `${enginePrefix}/introspect`,
  pushed_authorization_request: `${enginePrefix}/request`,
} as const

export const discoveryPath = '/.well-known/openid-configuration'
export const signOutConfirmPath = `${enginePaths.end_session}/confirm`

/** Where the engine sends a browser to find out who the person is. */
export const interactionPath = (uid: string) => `/interaction/${uid}`
