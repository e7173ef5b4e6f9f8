import type { Preset } from './preset.ts'

export const kakao = {
  name: 'Kakao',
  logo: 'kakao',
  kind: 'oauth2',
  issuer: 'https://kauth.kakao.com',
  settings: {
    scopes: ['profile_nickname', 'account_email'],
    trust: { kind: 'never' },
    mailboxDomains: ['kakao.com', 'hanmail.net', 'daum.net'],
    endpoints: {
      authorization: 'https://kauth.kakao.com/oauth/authorize',
      token: 'https://kauth.kakao.com/oauth/token',
      user: 'https://kapi.kakao.com/v2/user/me',
    },
    mapping: { subject: 'id', name: 'kakao_account.profile.nickname', email: 'kakao_account.email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'ignored',
    scopeSeparator: ',',
    origins: ['https://accounts.kakao.com'],
  },
  setUpAt: 'https://developers.kakao.com/console/app',
} as const satisfies Preset
