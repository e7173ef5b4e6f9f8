import type { FastifyInstance, FastifyReply } from 'fastify'
import { httpProblem, isSameOrigin, setPersonal } from '#http/index.ts'
import { second } from '#kernel/duration.ts'
import { paths } from '#ui/paths.ts'

export type NetworksRoutesDeps = {
  readonly url: string
  /** The control server of the simulated networks. */
  readonly controlUrl: string
  /** Called after the behaviour of a network was changed. */
  readonly onChange: (id: string) => Promise<void>
}

/** `/dev/networks`: reads and sets the behaviour of the simulated networks as JSON. */
export async function networksRoutes(app: FastifyInstance, deps: NetworksRoutesDeps): Promise<void> {
  const callControl = (path: string, body?: string) =>
    fetch(deps.controlUrl + path, {
      ...(body !== undefined && { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      signal: AbortSignal.timeout(5 * second),
    })
  const forward = async (reply: FastifyReply, response: Response) => {
    setPersonal(reply)
    reply.status(response.status).type(response.headers.get('content-type') ?? 'application/json')
    return reply.send(await response.text())
  }
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    )
    scope.get(paths.devNetworks, async (_request, reply) => forward(reply, await callControl('/networks')))
    // No form token, since programs call this; the check below keeps other sites out.
    scope.post<{ Params: { id: string } }>(
      `${paths.devNetworks}/:id`,
      { config: { csrf: false } },
      async (request, reply) => {
        if (!isSameOrigin(request, deps.url) || typeof request.body !== 'string') {
          throw httpProblem('http.form-foreign')
        }
        const { id } = request.params
        const response = await callControl(`/networks/${encodeURIComponent(id)}`, request.body)
        await deps.onChange(id)
        return forward(reply, response)
      },
    )
    done()
  })
}
