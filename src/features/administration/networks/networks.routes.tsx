import type { FastifyInstance } from 'fastify'
import type { Override } from '#features/provider-health/index.ts'
import { clientNetwork, formOf, httpProblem, queryText, textField } from '#http/index.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { type ConsoleDeps, createConsole } from '../console/console.routes.tsx'
import { networkPath } from '../console/console-urls.ts'
import { AttemptsPage } from './attempts.page.tsx'
import { type FindAttemptDeps, findAttempt, parseReference } from './find-attempt.ts'
import { NetworkPage } from './network.page.tsx'
import { NetworksPage } from './networks.page.tsx'
import {
  endOverride,
  type OverrideNetworkDeps,
  type OverrideSpan,
  overrideSpans,
  setOverride,
} from './override-network.ts'
import { showNetwork } from './show-network.ts'
import { type ShowNetworksDeps, showNetworks } from './show-networks.ts'

export type AdministrationRoutesDeps = ConsoleDeps & {
  readonly useCases: ShowNetworksDeps & FindAttemptDeps & OverrideNetworkDeps
}

/** The routes of the console. All are registered through `createConsole`, which requires an operator. */
export function administrationRoutes(app: FastifyInstance, deps: AdministrationRoutesDeps): void {
  const { useCases, pages } = deps
  const console = createConsole(app, deps)

  console.page(paths.console, async (_request, reply) => reply.redirect(paths.consoleNetworks, 303))
  console.page(paths.consoleNetworks, async (request, reply, { operator }) => {
    const networks = await showNetworks(useCases)
    const context = await pages.context(request, reply, { signedInAs: operator.name })
    const page = <NetworksPage view={context.view} networks={networks} />
    return pages.send(request, reply, context, page)
  })
  console.page(networkPath(':id'), async (request, reply, { operator }) => {
    const provider = await useCases.read.providers.find(request.params.id)
    if (!provider) throw httpProblem('http.not-found')
    const network = await showNetwork(useCases, provider, queryText(request, 'span') === 'week' ? 'week' : 'day')
    const context = await pages.context(request, reply, { signedInAs: operator.name })
    const page = <NetworkPage view={context.view} network={network} notice={queryText(request, 'notice')} />
    return pages.send(request, reply, context, page)
  })
  console.page(paths.consoleAttempts, async (request, reply, { operator }) => {
    const typed = queryText(request, 'reference')?.slice(0, 100)
    const reference = parseReference(typed ?? '')
    const attempt = reference && (await findAttempt(useCases, reference))
    const context = await pages.context(request, reply, { signedInAs: operator.name })
    const page = <AttemptsPage view={context.view} typed={typed} reference={reference} attempt={attempt || undefined} />
    const status = !typed || attempt ? 200 : reference ? 404 : 400
    return pages.send(request, reply, context, page, status)
  })
  console.change(`${networkPath(':id')}/override`, networkPath, async (request, reply, { operator }) => {
    const form = formOf(request)
    const isSet = await setOverride(useCases, {
      providerId: request.params.id,
      state: stateIn(textField(form, 'state')),
      span: spanIn(textField(form, 'for')),
      setBy: operator.accountId,
      clientNetwork: clientNetwork(request.ip),
    })
    if (!isSet) throw httpProblem('http.not-found')
    return reply.redirect(linkTo(networkPath(request.params.id), { notice: 'override-set' }), 303)
  })
  console.change(`${networkPath(':id')}/override/end`, networkPath, async (request, reply, { operator }) => {
    const { id: providerId } = request.params
    await endOverride(useCases, { providerId, setBy: operator.accountId, clientNetwork: clientNetwork(request.ip) })
    return reply.redirect(linkTo(networkPath(providerId), { notice: 'override-ended' }), 303)
  })
}

function stateIn(text: string): Override['state'] {
  if (text === 'off' || text === 'troubled') return text
  throw httpProblem('http.form-malformed')
}

function spanIn(text: string): OverrideSpan {
  if (Object.hasOwn(overrideSpans, text)) return text as OverrideSpan
  throw httpProblem('http.form-malformed')
}
