import type { Provider } from '../provider.ts'
import { amazon } from './amazon.ts'
import { apple } from './apple.ts'
import { bitbucket } from './bitbucket.ts'
import { discord } from './discord.ts'
import { dropbox } from './dropbox.ts'
import { facebook } from './facebook.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { google } from './google.ts'
import { kakao } from './kakao.ts'
import { line } from './line.ts'
import { linkedin } from './linkedin.ts'
import { mailru } from './mailru.ts'
import { microsoft } from './microsoft.ts'
import { naver } from './naver.ts'
import { paypal } from './paypal.ts'
import type { Preset } from './preset.ts'
import { slack } from './slack.ts'
import { spotify } from './spotify.ts'
import { tiktok } from './tiktok.ts'
import { twitch } from './twitch.ts'
import { vk } from './vk.ts'
import { x } from './x.ts'
import { yandex } from './yandex.ts'
import { zoom } from './zoom.ts'

/** All presets. A new one is a file of data and a line here. */
export const presets = {
  google,
  apple,
  microsoft,
  facebook,
  x,
  github,
  gitlab,
  linkedin,
  vk,
  yandex,
  mailru,
  discord,
  slack,
  twitch,
  spotify,
  zoom,
  paypal,
  line,
  kakao,
  naver,
  tiktok,
  amazon,
  dropbox,
  bitbucket,
} as const satisfies Readonly<Record<string, Preset>>

/** The preset with the same issuer, if any. */
export function presetOf({ issuer }: { readonly issuer: string }): Preset | undefined {
  return Object.values<Preset>(presets).find((preset) => preset.issuer === issuer)
}

/** Includes the preset's domains, since a provider that was set up earlier does not have them in its settings. */
export function mailboxDomainsOf(provider: Provider): readonly string[] {
  return provider.settings.mailboxDomains ?? presetOf(provider)?.settings.mailboxDomains ?? []
}

export type { Preset } from './preset.ts'
