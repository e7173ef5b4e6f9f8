import type { Preset } from './preset.ts'

export const microsoft = {
  name: 'Microsoft',
  logo: 'microsoft',
  kind: 'oidc',
  issuer: 'https://login.microsoftonline.com/common/v2.0',
  settings: {
    scopes: ['openid', 'email', 'profile'],
    trust: { kind: 'microsoft' },
    mailboxDomains: ['outlook.com', 'outlook.de', 'hotmail.com', 'hotmail.de', 'live.com', 'live.de', 'msn.com'],
    // Every tenant assigns its own subjects: a subject is unique only together with the tenant.
    subjectClaims: ['tid', 'sub'],
    origins: ['https://login.live.com'],
  },
  setUpAt: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps',
} as const satisfies Preset
