import type { Preset } from './preset.ts'

export const bitbucket = {
  name: 'Bitbucket',
  logo: 'bitbucket',
  kind: 'oauth2',
  issuer: 'https://bitbucket.org',
  settings: {
    scopes: ['account', 'email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://bitbucket.org/site/oauth2/authorize',
      token: 'https://bitbucket.org/site/oauth2/access_token',
      user: 'https://api.bitbucket.org/2.0/user',
      emails: 'https://api.bitbucket.org/2.0/user/emails',
    },
    mapping: { subject: 'uuid', name: 'display_name' },
    clientAuthentication: 'client_secret_basic',
    pkce: 'ignored',
    emailList: { list: 'values', primary: 'is_primary', verified: 'is_confirmed' },
    origins: ['https://id.atlassian.com'],
  },
  setUpAt: 'https://bitbucket.org/account/workspaces/',
} as const satisfies Preset
