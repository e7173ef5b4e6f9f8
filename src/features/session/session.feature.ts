import type { InTransaction } from '#database/open.ts'
import type { Cookies, FastPath } from '#http/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { EndSessionsStores } from './end-sessions.ts'
import type { KnownBrowserStore } from './known-browser.store.ts'
import { type SessionCheckDeps, sessionCheckRoute } from './session-check.routes.ts'

type TidyDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<EndSessionsStores & { readonly knownBrowsers: KnownBrowserStore }>
}

export type SessionFeatureDeps = {
  readonly useCases: SessionCheckDeps & TidyDeps
  readonly fastPath: FastPath
  readonly cookies: Cookies
}

/** Browser sessions. */
export function session({ useCases, fastPath, cookies }: SessionFeatureDeps) {
  return {
    routes: () => sessionCheckRoute(fastPath, useCases, cookies),
    tidy: () => tidy(useCases),
  }
}

function tidy({ clock, inTransaction }: TidyDeps): Promise<void> {
  return inTransaction(async (stores) => {
    await stores.onSessionsEnded(await stores.sessions.deletePast(clock.now()))
    await stores.knownBrowsers.deletePast(clock.now())
  })
}
