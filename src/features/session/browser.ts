import type { Session } from './session.ts'

/** The browser that sends the request. */
export type Browser = {
  readonly device: string
  readonly clientNetwork: string
  /** Value of the long-lived cookie that marks a known browser; absent on the first visit. */
  readonly knownToken?: string | undefined
  /** Keyed hash of the browser cookie. Binds a flow to the browser that started it. */
  readonly browserHash?: string | undefined
  /** The current session. It ends when a new one starts. */
  readonly session?: Session | undefined
}

export type StartedSession = {
  readonly session: Session
  /** The value of the session cookie. Only its hash is stored. */
  readonly token: string
  readonly knownToken: string
}
