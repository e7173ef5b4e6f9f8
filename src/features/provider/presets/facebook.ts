import type { Preset } from './preset.ts'

export const facebook = {
  name: 'Facebook',
  logo: 'facebook',
  kind: 'oauth2',
  issuer: 'https://www.facebook.com',
  settings: {
    scopes: ['public_profile', 'email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://www.facebook.com/v25.0/dialog/oauth',
      token: 'https://graph.facebook.com/v25.0/oauth/access_token',
      user: 'https://graph.facebook.com/v25.0/me?fields=id,name,email',
      debugToken: 'https://graph.facebook.com/v25.0/debug_token',
    },
    mapping: { subject: 'id', name: 'name', email: 'email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'ignored',
    userRequest: { proof: 'appsecret_proof' },
    origins: ['https://m.facebook.com', 'https://web.facebook.com'],
  },
  setUpAt: 'https://developers.facebook.com/apps',
  deprecations: [
    {
      date: '2028-07-29',
      what: 'Graph API v25.0',
      source: 'https://developers.facebook.com/docs/graph-api/changelog/versions/',
    },
  ],
} as const satisfies Preset
