import type { Preset } from './preset.ts'

export const gitlab = {
  name: 'GitLab',
  logo: 'gitlab',
  kind: 'oidc',
  issuer: 'https://gitlab.com',
  settings: { scopes: ['openid', 'email', 'profile'], trust: { kind: 'never' } },
  setUpAt: 'https://gitlab.com/-/user_settings/applications',
} as const satisfies Preset
