import type { FailedNetwork } from '#features/federation/index.ts'
import type { HealthReason } from '#features/provider-health/index.ts'
import type { AuthenticatorKind } from '#features/session/index.ts'
import type { Messages } from '#i18n/translator.ts'

export type WayState = 'works' | 'troubled' | 'down' | 'off' | 'not-set-up' | 'locked'

export type WayReason = HealthReason | FailedNetwork['reason'] | 'no-password-set' | 'password-disabled'

/** Name of a way in, and the label of the button that leads to it. */
export type WayWords = Messages<'name' | 'button'>

/** Step-by-step instructions for a way in, for the help page. */
export type Guide = {
  path: string
  /** `title`, `button` and the steps. */
  words: Messages<string>
  /** Keys of `words`, in order. */
  steps: readonly string[]
}

/** A way to sign in, with its current state and the reason for it. */
export type Way = {
  kind: AuthenticatorKind
  state: WayState
  reason?: WayReason
  /** Milliseconds since 1970; start of the current state. */
  since?: number
  network?: { id: string; name: string; logo: string; origin?: string }
  usedLast?: boolean
  /** Target of the button; absent if pages have a form for it. */
  path?: string
  words: WayWords
  /** Whether it is enough alone to sign in. A mailed link only sets a password. */
  opensAlone: boolean
  /** Dependencies such as `provider:google`. Ways that share one fail together. */
  dependsOn: readonly string[]
}
