import type { Session } from './session.ts'

/** What is known of the browser that asks. */
export type Browser = {
  readonly device: string
  readonly clientNetwork: string
  /** Of the long-lived cookie that marks a browser as known; absent on the first visit. */
  readonly knownToken?: string | undefined
  /** Keyed hash of the browser's own cookie: what began in this browser goes on in no other. */
  readonly browserHash?: string | undefined
  /** The session this browser has until now; it ends when another one begins. */
  readonly session?: Session | undefined
}

export type StartedSession = {
  readonly session: Session
  /** The cookie's value, shown once. */
  readonly token: string
  readonly knownToken: string
}
