import type { Provider, ProviderSettings } from './provider.ts'

/** A network that is known well enough to need nothing but an application's id and secret. */
export type Preset = {
  readonly name: string
  readonly logo: string
  readonly kind: Provider['kind']
  readonly issuer: string
  readonly settings: ProviderSettings
  /** Where the operator registers the application. */
  readonly setUpAt: string
}

const openid = ['openid', 'email', 'profile']

/** A new network is one more entry here. */
export const presets = {
  google: {
    name: 'Google',
    logo: 'google',
    kind: 'oidc',
    issuer: 'https://accounts.google.com',
    settings: { scopes: openid, trust: { kind: 'google' } },
    setUpAt: 'https://console.cloud.google.com/auth/clients',
  },
  microsoft: {
    name: 'Microsoft',
    logo: 'microsoft',
    kind: 'oidc',
    issuer: 'https://login.microsoftonline.com/common/v2.0',
    settings: {
      scopes: openid,
      trust: { kind: 'microsoft' },
      // Any tenant signs for itself: a subject means something only together with the tenant that named it.
      subjectClaims: ['tid', 'sub'],
      origins: ['https://login.live.com'],
    },
    setUpAt: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps',
  },
  github: {
    name: 'GitHub',
    logo: 'github',
    kind: 'oauth2',
    issuer: 'https://github.com',
    settings: {
      scopes: ['read:user', 'user:email'],
      trust: { kind: 'confirmed' },
      endpoints: {
        authorization: 'https://github.com/login/oauth/authorize',
        token: 'https://github.com/login/oauth/access_token',
        user: 'https://api.github.com/user',
        emails: 'https://api.github.com/user/emails',
      },
      mapping: { subject: 'id', name: 'name' },
      clientAuthentication: 'client_secret_post',
    },
    setUpAt: 'https://github.com/settings/developers',
  },
  x: {
    name: 'X',
    logo: 'x',
    kind: 'oauth2',
    issuer: 'https://x.com',
    settings: {
      scopes: ['users.read', 'tweet.read', 'users.email'],
      trust: { kind: 'confirmed' },
      endpoints: {
        authorization: 'https://x.com/i/oauth2/authorize',
        token: 'https://api.x.com/2/oauth2/token',
        user: 'https://api.x.com/2/users/me?user.fields=confirmed_email',
      },
      mapping: { subject: 'data.id', name: 'data.name', email: 'data.confirmed_email' },
      clientAuthentication: 'client_secret_basic',
      origins: ['https://twitter.com'],
    },
    setUpAt: 'https://developer.x.com/en/portal/dashboard',
  },
} as const satisfies Readonly<Record<string, Preset>>
