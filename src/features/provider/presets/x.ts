import type { Preset } from './preset.ts'

export const x = {
  name: 'X',
  logo: 'x',
  kind: 'oauth2',
  issuer: 'https://x.com',
  settings: {
    scopes: ['users.read', 'tweet.read', 'users.email'],
    trust: { kind: 'confirmed' },
    endpoints: {
      authorization: 'https://x.com/i/oauth2/authorize',
      token: 'https://api.x.com/2/oauth2/token',
      user: 'https://api.x.com/2/users/me?user.fields=confirmed_email',
    },
    mapping: { subject: 'data.id', name: 'data.name', email: 'data.confirmed_email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
    origins: ['https://twitter.com'],
  },
  setUpAt: 'https://developer.x.com/en/portal/dashboard',
} as const satisfies Preset
