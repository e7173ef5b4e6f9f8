import type { Preset } from './preset.ts'

// The user data is configured in the developer console instead of by scopes.
export const naver = {
  name: 'Naver',
  logo: 'naver',
  kind: 'oauth2',
  issuer: 'https://nid.naver.com',
  settings: {
    scopes: [],
    trust: { kind: 'never' },
    mailboxDomains: ['naver.com'],
    endpoints: {
      authorization: 'https://nid.naver.com/oauth2.0/authorize',
      token: 'https://nid.naver.com/oauth2.0/token',
      user: 'https://openapi.naver.com/v1/nid/me',
    },
    mapping: { subject: 'response.id', name: 'response.name', email: 'response.email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'ignored',
    returnedParameters: ['state'],
    success: { path: 'resultcode', value: '00' },
  },
  setUpAt: 'https://developers.naver.com/apps/',
} as const satisfies Preset
