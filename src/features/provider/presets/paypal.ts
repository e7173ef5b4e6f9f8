import type { Preset } from './preset.ts'

export const paypal = {
  name: 'PayPal',
  logo: 'paypal',
  kind: 'oauth2',
  issuer: 'https://www.paypal.com',
  settings: {
    scopes: ['openid', 'profile', 'email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://www.paypal.com/signin/authorize',
      token: 'https://api-m.paypal.com/v1/oauth2/token',
      user: 'https://api-m.paypal.com/v1/identity/openidconnect/userinfo?schema=openid',
    },
    mapping: { subject: 'user_id', name: 'name', email: 'email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'ignored',
  },
  setUpAt: 'https://developer.paypal.com/dashboard/applications/live',
} as const satisfies Preset
