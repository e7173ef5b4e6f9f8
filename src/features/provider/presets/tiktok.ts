import type { Preset } from './preset.ts'

export const tiktok = {
  name: 'TikTok',
  logo: 'tiktok',
  kind: 'oauth2',
  issuer: 'https://www.tiktok.com',
  settings: {
    scopes: ['user.info.basic'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://www.tiktok.com/v2/auth/authorize/',
      token: 'https://open.tiktokapis.com/v2/oauth/token/',
      user: 'https://open.tiktokapis.com/v2/user/info/?fields=open_id,display_name',
    },
    mapping: { subject: 'data.user.open_id', name: 'data.user.display_name' },
    clientAuthentication: 'client_secret_post',
    pkce: 'ignored',
    scopeSeparator: ',',
    clientIdParameter: 'client_key',
    success: { path: 'error.code', value: 'ok' },
  },
  setUpAt: 'https://developers.tiktok.com/apps/',
} as const satisfies Preset
