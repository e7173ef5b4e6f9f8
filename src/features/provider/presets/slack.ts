import type { Preset } from './preset.ts'

export const slack = {
  name: 'Slack',
  logo: 'slack',
  kind: 'oidc',
  issuer: 'https://slack.com',
  settings: {
    scopes: ['openid', 'email', 'profile'],
    trust: { kind: 'never' },
    pkce: 'ignored',
    // A user id is unique only together with the workspace.
    subjectClaims: ['https://slack.com/team_id', 'sub'],
  },
  setUpAt: 'https://api.slack.com/apps',
} as const satisfies Preset
