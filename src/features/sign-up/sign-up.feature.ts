import type { FastifyInstance } from 'fastify'
import { transport } from '#outbox/index.ts'
import { type SendSignUpMailDeps, sendSignUpMail, signUpMails } from './send-sign-up-mail.ts'
import { type SignUpRoutesDeps, signUpRoutes } from './sign-up.routes.tsx'

export type SignUpFeatureDeps = SignUpRoutesDeps & { readonly useCases: SendSignUpMailDeps }

/** Creating a profile after proving an address. */
export function signUp(deps: SignUpFeatureDeps) {
  return {
    routes: (app: FastifyInstance) => signUpRoutes(app, deps),
    orders: [transport(signUpMails, sendSignUpMail(deps.useCases))],
  }
}
