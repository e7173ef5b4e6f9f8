import type { Preset } from './preset.ts'

// OAuth 2 only: the id_token, which has the address, is signed with our secret instead of a published key.
export const line = {
  name: 'LINE',
  logo: 'line',
  kind: 'oauth2',
  issuer: 'https://access.line.me',
  settings: {
    scopes: ['profile'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://access.line.me/oauth2/v2.1/authorize',
      token: 'https://api.line.me/oauth2/v2.1/token',
      user: 'https://api.line.me/v2/profile',
    },
    mapping: { subject: 'userId', name: 'displayName' },
    clientAuthentication: 'client_secret_post',
    pkce: 'S256',
  },
  setUpAt: 'https://developers.line.biz/console/',
} as const satisfies Preset
