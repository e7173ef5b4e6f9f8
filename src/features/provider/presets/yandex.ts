import type { Preset } from './preset.ts'

export const yandex = {
  name: 'Yandex',
  logo: 'yandex',
  kind: 'oauth2',
  issuer: 'https://oauth.yandex.com',
  settings: {
    scopes: ['login:info', 'login:email'],
    trust: { kind: 'never' },
    mailboxDomains: ['yandex.ru', 'yandex.com', 'ya.ru'],
    endpoints: {
      authorization: 'https://oauth.yandex.com/authorize',
      token: 'https://oauth.yandex.com/token',
      user: 'https://login.yandex.ru/info?format=json',
    },
    mapping: { subject: 'id', name: 'real_name', email: 'default_email' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'S256',
    userRequest: { scheme: 'OAuth' },
    origins: ['https://oauth.yandex.ru', 'https://passport.yandex.com', 'https://passport.yandex.ru'],
  },
  setUpAt: 'https://oauth.yandex.com/client/new',
} as const satisfies Preset
