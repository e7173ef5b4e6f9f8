import type { Preset } from './preset.ts'

export const amazon = {
  name: 'Amazon',
  logo: 'amazon',
  kind: 'oauth2',
  issuer: 'https://www.amazon.com',
  settings: {
    scopes: ['profile'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://www.amazon.com/ap/oa',
      token: 'https://api.amazon.com/auth/o2/token',
      user: 'https://api.amazon.com/user/profile',
    },
    mapping: { subject: 'user_id', name: 'name', email: 'email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'S256',
    origins: ['https://na.account.amazon.com', 'https://eu.account.amazon.com', 'https://apac.account.amazon.com'],
  },
  setUpAt: 'https://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html',
} as const satisfies Preset
