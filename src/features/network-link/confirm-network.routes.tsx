import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hideToken } from '#features/mailed-link/index.ts'
import { type Cookies, clientNetwork, formOf, localPath, type Pages, textField } from '#http/index.ts'
import { refusalFrom } from '#kernel/problem.ts'
import { paths } from '#ui/paths.ts'
import { ConfirmNetworkPage, ConfirmProblemPage, NetworkConfirmedPage } from './confirm-network.page.tsx'
import { type ConfirmNetworkDeps, confirmNetwork, networkToConfirm } from './confirm-network.ts'

export type ConfirmNetworkRoutesDeps = {
  readonly useCases: ConfirmNetworkDeps
  readonly pages: Pages
  readonly cookies: Cookies
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
}

/** The pages of the mailed link that confirms a network. */
export function confirmNetworkRoutes(app: FastifyInstance, deps: ConfirmNetworkRoutesDeps): void {
  const { pages, useCases, cookies } = deps
  const ask = async (request: FastifyRequest, reply: FastifyReply, token: string | undefined) => {
    const lookup = await networkToConfirm(useCases, token)
    const context = await pages.context(request, reply)
    const view = { ...context.view, path: paths.signInConfirm }
    if (lookup.state !== 'valid') {
      return pages.send(request, reply, context, <ConfirmProblemPage view={view} why={lookup.state} />, 410)
    }
    const page = <ConfirmNetworkPage view={view} network={lookup.provider} token={token ?? ''} />
    return pages.send(request, reply, context, page)
  }
  app.get(paths.signInConfirmLink, (request, reply) => hideToken(cookies, request, reply, paths.signInConfirm))
  app.get(paths.signInConfirm, (request, reply) => ask(request, reply, cookies.read(request, 'link')))
  app.post(paths.signInConfirm, async (request, reply) => {
    const token = textField(formOf(request), 'token')
    try {
      const confirmed = await confirmNetwork(useCases, { token, clientNetwork: clientNetwork(request.ip) })
      cookies.clear(reply, 'link')
      const continueTo = localPath(confirmed.continueTo)
      const context = await pages.context(request, reply, { continueTo, formAction: await deps.networkOrigins() })
      const page = <NetworkConfirmedPage view={context.view} network={confirmed.provider} continueTo={continueTo} />
      return pages.send(request, reply, context, page)
    } catch (error) {
      refusalFrom(error)
      return ask(request, reply, token)
    }
  })
}
