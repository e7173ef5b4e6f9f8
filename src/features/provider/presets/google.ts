import type { Preset } from './preset.ts'

export const google = {
  name: 'Google',
  logo: 'google',
  kind: 'oidc',
  issuer: 'https://accounts.google.com',
  settings: {
    scopes: ['openid', 'email', 'profile'],
    trust: { kind: 'google' },
    mailboxDomains: ['gmail.com', 'googlemail.com'],
  },
  setUpAt: 'https://console.cloud.google.com/auth/clients',
} as const satisfies Preset
