import type { Queryable } from '#database/open.ts'
import { accountStore, identifierStore } from '#features/account/index.ts'
import { networkReportStore, operatorStore } from '#features/administration/index.ts'
import { auditStore } from '#features/audit/index.ts'
import { attemptStore } from '#features/federation/index.ts'
import { mailedLinkStore } from '#features/mailed-link/index.ts'
import { federatedIdentifierStore, pendingLinkStore } from '#features/network-link/index.ts'
import { passwordStore } from '#features/password/index.ts'
import { portalStore } from '#features/portal/index.ts'
import { providerCheckStore, providerStore } from '#features/provider/index.ts'
import { evidenceStore, incidentStore, observationStore, overrideStore } from '#features/provider-health/index.ts'
import { knownBrowserStore, sessionStore } from '#features/session/index.ts'
import { pendingSignInStore } from '#features/sign-in/index.ts'
import { throttleStore } from '#features/throttle/index.ts'
import { artifactStore, endEngineSessions, signingKeyStore } from '#oidc/index.ts'
import { type EnqueueDeps, outboxStore } from '#outbox/index.ts'

/** Every store, bound to a transaction or to the read connection. */
export function bindStores(deps: EnqueueDeps) {
  return (db: Queryable) => {
    const artifacts = artifactStore(db)
    const outbox = outboxStore(db)
    return {
      accounts: accountStore(db),
      artifacts,
      attempts: attemptStore(db),
      audit: auditStore(db),
      onPortalRemoved: artifacts.deleteOfClient,
      onSessionsEnded: endEngineSessions(deps, { artifacts, outbox }),
      evidence: evidenceStore(db),
      federatedIdentifiers: federatedIdentifierStore(db),
      identifiers: identifierStore(db),
      incidents: incidentStore(db),
      knownBrowsers: knownBrowserStore(db),
      mailedLinks: mailedLinkStore(db),
      networkReport: networkReportStore(db),
      observations: observationStore(db),
      operators: operatorStore(db),
      outbox,
      overrides: overrideStore(db),
      passwords: passwordStore(db),
      pendingLinks: pendingLinkStore(db),
      pendingSignIns: pendingSignInStore(db),
      portals: portalStore(db),
      providerChecks: providerCheckStore(db),
      providers: providerStore(db),
      sessions: sessionStore(db),
      signingKeys: signingKeyStore(db),
      throttle: throttleStore(db),
    }
  }
}

export type Stores = ReturnType<ReturnType<typeof bindStores>>
