import type { Visit } from './web/index.ts'

/** Browsers request 'page'; the relying party's server requests the others. */
export type EndpointName = 'page' | 'discovery' | 'jwks' | 'token' | 'userinfo'

/** One request to a network, as passed to behaviours and faults. */
export type Call = {
  readonly endpoint: EndpointName
  readonly visit: Visit
  /** Waits for some milliseconds, or until the visitor disconnects. */
  readonly wait: (milliseconds: number) => Promise<void>
}
