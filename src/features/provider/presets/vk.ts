import type { Preset } from './preset.ts'

export const vk = {
  name: 'VK',
  logo: 'vk',
  kind: 'oauth2',
  issuer: 'https://id.vk.com',
  settings: {
    scopes: ['vkid.personal_info', 'email'],
    trust: { kind: 'never' },
    endpoints: {
      authorization: 'https://id.vk.com/authorize',
      token: 'https://id.vk.com/oauth2/auth',
      user: 'https://id.vk.com/oauth2/user_info',
    },
    mapping: { subject: 'user.user_id', name: ['user.first_name', 'user.last_name'], email: 'user.email' },
    clientAuthentication: 'client_secret_post',
    pkce: 'S256',
    returnedParameters: ['device_id', 'state'],
    userRequest: { method: 'POST', tokenIn: 'body' },
    origins: ['https://id.vk.ru', 'https://login.vk.com', 'https://login.vk.ru'],
  },
  setUpAt: 'https://id.vk.com/about/business/go',
} as const satisfies Preset
