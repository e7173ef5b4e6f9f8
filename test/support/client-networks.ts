import type { AppSettings, TestApp } from './app.ts'
import type { ScriptFreeBrowser } from './browser.ts'
import type { Engine } from './engines.ts'

/** Settings of an app that takes the client address from a proxy header. */
export function behindProxy(engine: Engine): AppSettings {
  return { engine, config: { trustedProxies: ['loopback'] } }
}

/** A new browser in the given client network. */
export function visitorFrom(app: TestApp, network: number, host = 1): ScriptFreeBrowser {
  const address = `10.${network >> 8}.${network & 255}.${host}`
  return app.browser('', 'de', { 'x-forwarded-for': address })
}

/** The health state of Sim Google, for everybody or for one client network. */
export function stateOf(app: TestApp, clientNetwork?: string) {
  return app.health.health(clientNetwork).get('sim-google')?.state
}
