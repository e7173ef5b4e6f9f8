export type Means = 'password' | 'network' | 'mailed-link' | 'passkey' | 'qr' | 'sms-code' | 'recovery-code'

export type WayState = 'works' | 'troubled' | 'down' | 'off' | 'not-set-up' | 'locked'

/** One means by which a person can prove who they are now, with its state and the reason for it. */
export type Way = {
  means: Means
  state: WayState
  reason?:
    | 'network-unreachable'
    | 'network-slow'
    | 'network-error'
    | 'network-nonsense'
    | 'unreachable-here'
    | 'not-returned'
    | 'just-failed'
    | 'no-password-set'
    | 'password-disabled'
  /** Instant (milliseconds) since which the state holds. */
  since?: number
  network?: { id: string; name: string; logo: string; origin?: string }
  usedLast?: boolean
}
