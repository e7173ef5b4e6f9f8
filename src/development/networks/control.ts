import { z } from 'zod'
import { accountSchema } from './account.ts'
import { behaviourNames } from './behaviours.ts'
import { faultNames, needsOpenIdConnect } from './faults.ts'
import type { StartedNetwork } from './start-network.ts'
import { type Answer, json, problemJson, type Respond } from './web/index.ts'

const changeSchema = z.strictObject({
  behaviour: z.enum(behaviourNames).optional(),
  account: accountSchema.nullish(),
  fault: z.enum(faultNames).nullish(),
})

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

async function change(network: StartedNetwork, body: string): Promise<Answer> {
  const { data, error } = changeSchema.safeParse(parseJson(body))
  if (error) return problemJson(400, 'Invalid change of a network', z.prettifyError(error))
  if (network.entry().kind === 'oauth2' && data.fault && needsOpenIdConnect(data.fault)) {
    return problemJson(400, 'A plain OAuth 2 network has no id_token', `${data.fault} has no effect here`)
  }
  await network.set(data)
  return json(200, network.entry())
}

/**
 * `GET /networks` lists, `POST /networks/<id>` changes, independently of the networks' behaviour. Requires JSON, which
 * pages of other origins cannot send here.
 */
export function control(networks: readonly StartedNetwork[]): Respond {
  return async ({ method, url: { pathname }, headers, body }) => {
    if (pathname === '/networks' && method === 'GET')
      return json(
        200,
        networks.map(({ entry }) => entry()),
      )
    const network = networks.find(({ entry }) => pathname === `/networks/${entry().id}`)
    if (!network) return problemJson(404, 'There is no such network')
    if (method === 'GET') return json(200, network.entry())
    if (method !== 'POST') return problemJson(405, 'Method not allowed')
    if (!headers['content-type']?.startsWith('application/json')) return problemJson(415, 'The body must be JSON')
    return change(network, body)
  }
}
