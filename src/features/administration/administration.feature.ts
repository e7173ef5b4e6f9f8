import type { FastifyInstance } from 'fastify'
import type { InTransaction } from '#database/open.ts'
import { type CheckProviderDeps, checkDueProviders } from '#features/provider/index.ts'
import { type AlertDeps, type AlertStores, announceFindings } from './alerts/alert-operators.ts'
import { type ExposeMetricsDeps, exposeMetrics } from './metrics/expose-metrics.ts'
import { type MetricsRoutesDeps, metricsRoutes } from './metrics/metrics.routes.ts'
import { type AdministrationRoutesDeps, administrationRoutes } from './networks/networks.routes.tsx'

type AnnounceDeps = AlertDeps & { readonly inTransaction: InTransaction<AlertStores> }

export type AdministrationFeatureDeps = AdministrationRoutesDeps & {
  readonly useCases: CheckProviderDeps & AnnounceDeps
  readonly metrics: ExposeMetricsDeps & Omit<MetricsRoutesDeps, 'expose'>
}

/** The operators' console, alerts and metrics. */
export function administration(deps: AdministrationFeatureDeps) {
  const { useCases, metrics } = deps
  return {
    routes: (app: FastifyInstance) => {
      administrationRoutes(app, deps)
      metricsRoutes(app, { ...metrics, expose: exposeMetrics(metrics) })
    },
    /** Runs the daily checks that are due, and alerts operators to new findings. */
    tidy: () => checkProviders(useCases),
  }
}

async function checkProviders(deps: CheckProviderDeps & AnnounceDeps): Promise<void> {
  for (const { providerId } of await checkDueProviders(deps)) await announce(deps, providerId)
}

function announce(deps: AnnounceDeps, providerId: string): Promise<void> {
  return deps.inTransaction((stores) => announceFindings(deps, stores, providerId))
}
