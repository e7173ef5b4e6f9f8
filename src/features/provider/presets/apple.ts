import type { Preset } from './preset.ts'

export const apple = {
  name: 'Apple',
  logo: 'apple',
  kind: 'oidc',
  issuer: 'https://appleid.apple.com',
  settings: {
    scopes: ['openid', 'name', 'email'],
    trust: { kind: 'apple' },
    mailboxDomains: ['icloud.com', 'me.com', 'mac.com', 'privaterelay.appleid.com'],
    pkce: 'ignored',
    // Required if the scopes include name or email.
    authorizationParameters: { response_mode: 'form_post' },
    nameParameter: 'user',
  },
  setUpAt: 'https://developer.apple.com/account/resources/identifiers/list/serviceId',
  signsSecret: true,
} as const satisfies Preset
