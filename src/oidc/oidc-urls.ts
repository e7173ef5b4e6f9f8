import { paths } from '#ui/paths.ts'

/** The engine's endpoints. Requests are passed to it only if they use exactly these spellings. */
export const enginePaths = {
  authorization: `${paths.oidc}/authorize`,
  token: `${paths.oidc}/token`,
  userinfo: `${paths.oidc}/userinfo`,
  jwks: `${paths.oidc}/jwks`,
  end_session: `${paths.oidc}/sign-out`,
  revocation: `${paths.oidc}/revoke`,
  introspection: `${paths.oidc}/introspect`,
  pushed_authorization_request: `${paths.oidc}/request`,
} as const

export const signOutConfirmPath = `${enginePaths.end_session}/confirm`

/** Where the engine sends a browser to have the person sign in. */
export const interactionPath = (uid: string) => `${paths.interaction}/${uid}`
