import type { Preset } from './preset.ts'

// Scopes are configured in the developer console.
export const zoom = {
  name: 'Zoom',
  logo: 'zoom',
  kind: 'oauth2',
  issuer: 'https://zoom.us',
  settings: {
    scopes: [],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://zoom.us/oauth/authorize',
      token: 'https://zoom.us/oauth/token',
      user: 'https://api.zoom.us/v2/users/me',
    },
    mapping: { subject: 'id', name: 'display_name', email: 'email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
  },
  setUpAt: 'https://marketplace.zoom.us/develop/create',
} as const satisfies Preset
