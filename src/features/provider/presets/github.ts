import type { Preset } from './preset.ts'

export const github = {
  name: 'GitHub',
  logo: 'github',
  kind: 'oauth2',
  // The `iss` in its responses (RFC 9207).
  issuer: 'https://github.com/login/oauth',
  settings: {
    scopes: ['read:user', 'user:email'],
    trust: { kind: 'confirmed' },
    endpoints: {
      authorization: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      user: 'https://api.github.com/user',
      emails: 'https://api.github.com/user/emails',
    },
    mapping: { subject: 'id', name: 'name' },
    clientAuthentication: 'client_secret_post',
    pkce: 'S256',
  },
  setUpAt: 'https://github.com/settings/developers',
} as const satisfies Preset
