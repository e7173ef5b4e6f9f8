import type { FastifyInstance } from 'fastify'
import { transport } from '#outbox/index.ts'
import { type RecoveryRoutesDeps, recoveryRoutes } from './recovery.routes.tsx'
import { recoveryMails, type SendRecoveryMailDeps, sendRecoveryMail } from './send-recovery-mail.ts'

export type RecoveryFeatureDeps = RecoveryRoutesDeps & { readonly useCases: SendRecoveryMailDeps }

/** Recovery by mail, and the first password of a profile without one. */
export function recovery(deps: RecoveryFeatureDeps) {
  return {
    routes: (app: FastifyInstance) => recoveryRoutes(app, deps),
    orders: [transport(recoveryMails, sendRecoveryMail(deps.useCases))],
  }
}
