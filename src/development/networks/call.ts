import type { Visit } from './web/index.ts'

/** 'page' is what a visitor's browser asks for; the others are asked for by the relying party's server. */
export type EndpointName = 'page' | 'discovery' | 'jwks' | 'token' | 'userinfo'

/** One request to a network, as a behaviour or a fault sees it. */
export type Call = {
  readonly endpoint: EndpointName
  readonly visit: Visit
  /** Waits so many milliseconds, or until the visitor has hung up. */
  readonly wait: (milliseconds: number) => Promise<void>
}
