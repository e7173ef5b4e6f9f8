import type { Preset } from './preset.ts'

export const spotify = {
  name: 'Spotify',
  logo: 'spotify',
  kind: 'oauth2',
  issuer: 'https://accounts.spotify.com',
  settings: {
    scopes: ['user-read-email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://accounts.spotify.com/authorize',
      token: 'https://accounts.spotify.com/api/token',
      user: 'https://api.spotify.com/v1/me',
    },
    mapping: { subject: 'id', name: 'display_name', email: 'email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
  },
  setUpAt: 'https://developer.spotify.com/dashboard',
} as const satisfies Preset
