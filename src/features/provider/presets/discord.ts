import type { Preset } from './preset.ts'

export const discord = {
  name: 'Discord',
  logo: 'discord',
  kind: 'oauth2',
  issuer: 'https://discord.com',
  settings: {
    scopes: ['identify', 'email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://discord.com/oauth2/authorize',
      token: 'https://discord.com/api/oauth2/token',
      user: 'https://discord.com/api/users/@me',
    },
    mapping: { subject: 'id', name: 'global_name', email: 'email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
  },
  setUpAt: 'https://discord.com/developers/applications',
} as const satisfies Preset
