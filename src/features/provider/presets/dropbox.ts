import type { Preset } from './preset.ts'

export const dropbox = {
  name: 'Dropbox',
  logo: 'dropbox',
  kind: 'oauth2',
  issuer: 'https://www.dropbox.com',
  settings: {
    scopes: ['account_info.read'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://www.dropbox.com/oauth2/authorize',
      token: 'https://api.dropboxapi.com/oauth2/token',
      user: 'https://api.dropboxapi.com/2/users/get_current_account',
    },
    mapping: { subject: 'account_id', name: 'name.display_name', email: 'email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
    userRequest: { method: 'POST' },
  },
  setUpAt: 'https://www.dropbox.com/developers/apps',
} as const satisfies Preset
