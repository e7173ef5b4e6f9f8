const enginePrefix = '/oidc'

/** The engine's endpoints. Requests are passed to it only if they use exactly these spellings. */
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

/** Where the engine sends a browser to have the person sign in. */
export const interactionPath = (uid: string) => `/interaction/${uid}`
