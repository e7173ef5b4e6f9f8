import type { Preset } from './preset.ts'

// Supports OpenID Connect, but without a nonce in the id_token.
export const linkedin = {
  name: 'LinkedIn',
  logo: 'linkedin',
  kind: 'oauth2',
  issuer: 'https://www.linkedin.com/oauth',
  settings: {
    scopes: ['openid', 'profile', 'email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://www.linkedin.com/oauth/v2/authorization',
      token: 'https://www.linkedin.com/oauth/v2/accessToken',
      user: 'https://api.linkedin.com/v2/userinfo',
    },
    mapping: { subject: 'sub', name: 'name', email: 'email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'ignored',
  },
  setUpAt: 'https://www.linkedin.com/developers/apps',
} as const satisfies Preset
