import type { Preset } from './preset.ts'

export const mailru = {
  name: 'Mail.ru',
  logo: 'mailru',
  kind: 'oauth2',
  issuer: 'https://oauth.mail.ru',
  settings: {
    scopes: ['userinfo'],
    trust: { kind: 'never' },
    mailboxDomains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru'],
    endpoints: {
      authorization: 'https://oauth.mail.ru/login',
      token: 'https://oauth.mail.ru/token',
      user: 'https://oauth.mail.ru/userinfo',
    },
    mapping: { subject: 'id', name: 'name', email: 'email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
    userRequest: { tokenIn: 'query' },
    origins: ['https://o2.mail.ru', 'https://account.mail.ru', 'https://auth.mail.ru'],
  },
  setUpAt: 'https://o2.mail.ru/app/',
} as const satisfies Preset
