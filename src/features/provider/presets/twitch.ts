import type { Preset } from './preset.ts'

export const twitch = {
  name: 'Twitch',
  logo: 'twitch',
  kind: 'oauth2',
  issuer: 'https://id.twitch.tv/oauth2',
  settings: {
    scopes: ['user:read:email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://id.twitch.tv/oauth2/authorize',
      token: 'https://id.twitch.tv/oauth2/token',
      user: 'https://api.twitch.tv/helix/users',
    },
    mapping: { subject: 'data.0.id', name: 'data.0.display_name', email: 'data.0.email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'ignored',
    userRequest: { clientIdHeader: 'client-id' },
    origins: ['https://www.twitch.tv'],
  },
  setUpAt: 'https://dev.twitch.tv/console/apps',
} as const satisfies Preset
