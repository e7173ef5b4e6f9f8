import type { FailedNetwork } from '#features/federation/index.ts'
import type { HealthReason } from '#features/provider-health/index.ts'
import type { AuthenticatorKind } from '#features/session/index.ts'
import type { Messages } from '#i18n/translator.ts'

export type WayState = 'works' | 'troubled' | 'down' | 'off' | 'not-set-up' | 'locked'

export type WayReason = HealthReason | FailedNetwork['reason'] | 'no-password-set' | 'password-disabled'

/** What a way in is called, and the button that leads to it where a page has no form of its own for it. */
export type WayWords = Messages<'name' | 'button'>

/** A way in, step by step, for the help page. */
export type Guide = {
  path: string
  /** `title`, `button` and the steps. */
  words: Messages<string>
  /** Keys of `words`, in order. */
  steps: readonly string[]
}

/** One way in: a means by which a person can prove who they are now, with its state and the reason for it. */
export type Way = {
  kind: AuthenticatorKind
  state: WayState
  reason?: WayReason
  /** Instant (milliseconds) since which the state holds. */
  since?: number
  network?: { id: string; name: string; logo: string; origin?: string }
  usedLast?: boolean
  /** Where its button leads; absent where pages have a form of its own. */
  path?: string
  words: WayWords
  /** Whether it signs in by itself; a mailed link sets a password, which then does. */
  opensAlone: boolean
  /** What must work for it, such as `provider:google`: ways that share one fail together. */
  dependsOn: readonly string[]
}
