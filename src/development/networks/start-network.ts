import { setTimeout } from 'node:timers/promises'
import { type Clock, systemClock } from '#kernel/clock.ts'
import { type Random, systemRandom } from '#kernel/random.ts'
import type { Account } from './account.ts'
import { type BehaviourName, behaviours } from './behaviours.ts'
import type { Call } from './call.ts'
import { type FaultName, faults } from './faults.ts'
import { createGrants } from './grants.ts'
import type { Network, NetworkClient, NetworkId, NetworkKind, NetworkState } from './network.ts'
import { Refusal } from './refusal.ts'
import { createSigningKey } from './signing-key.ts'
import { simGoogle } from './sim-google.ts'
import { simX } from './sim-x.ts'
import { type Answer, problemJson, type Respond, startServer } from './web/index.ts'

/** Waits for some milliseconds, or until the signal. */
export type Wait = (milliseconds: number, until: AbortSignal) => Promise<void>

export type NetworkSettings = NetworkClient & { readonly id: NetworkId; readonly port: number }

export type NetworkEntry = {
  readonly id: NetworkId
  readonly kind: NetworkKind['kind']
  readonly name: string
  readonly behaviour: BehaviourName
  readonly account: Account | null
  readonly fault: FaultName | null
  /** The issuer of an OpenID Connect network; the base URL of an OAuth 2 network. */
  readonly url: string
}

/** Omitted values stay unchanged. Null removes the account or the fault. */
export type NetworkChange = {
  readonly behaviour?: BehaviourName | undefined
  readonly account?: Account | null | undefined
  readonly fault?: FaultName | null | undefined
}

export type StartedNetwork = {
  readonly entry: () => NetworkEntry
  readonly set: (change: NetworkChange) => Promise<void>
  readonly close: () => Promise<void>
}

export type Surroundings = { readonly clock: Clock; readonly random: Random; readonly wait: Wait }

/** Does not keep the process alive, and ends when the visitor disconnects. */
const waitOnTheClock: Wait = async (milliseconds, until) => {
  await setTimeout(milliseconds, undefined, { signal: until, ref: false }).catch(() => undefined)
}

export const realSurroundings: Surroundings = { clock: systemClock, random: systemRandom, wait: waitOnTheClock }

const kinds: Readonly<Record<NetworkId, NetworkKind>> = { 'sim-google': simGoogle, 'sim-x': simX }

const notFound = { name: 'page', methods: ['GET', 'POST'], answer: () => problemJson(404, 'Not found') } as const

async function answerCall(kind: NetworkKind, network: Network, call: Call): Promise<Answer> {
  const { methods, answer } = kind.endpoints[call.visit.url.pathname] ?? notFound
  const method = call.visit.method === 'HEAD' ? 'GET' : call.visit.method
  if (!methods.includes(method))
    return { ...problemJson(405, 'Method not allowed'), headers: { allow: methods.join(', ') } }
  try {
    return await answer(network, call.visit)
  } catch (error) {
    if (error instanceof Refusal) return error.answer()
    throw error
  }
}

function responder(kind: NetworkKind, network: Network, wait: Wait): Respond {
  return (visit) => {
    const endpoint = (kind.endpoints[visit.url.pathname] ?? notFound).name
    const call: Call = { visit, endpoint, wait: (milliseconds) => wait(milliseconds, visit.gone) }
    return behaviours[network.state.behaviour](call, async () => {
      const answer = await answerCall(kind, network, call)
      return endpoint === 'page' ? answer : (network.fault().answer?.(answer, call) ?? answer)
    })
  }
}

export async function startNetwork(
  { id, port, ...client }: NetworkSettings,
  { clock, random, wait }: Surroundings,
): Promise<StartedNetwork> {
  const kind = kinds[id]
  if (!kind) throw new Error(`there is no simulated network called ${id}`)
  const state: NetworkState = {
    behaviour: 'operational',
    account: undefined,
    fault: undefined,
    key: await createSigningKey(random),
  }
  const fault = () => (state.fault ? faults[state.fault] : {})
  const grants = createGrants(clock, random)
  const server = await startServer(port, (url) => responder(kind, { client, state, fault, grants, url, clock }, wait))

  return {
    entry: () => ({
      id,
      kind: kind.kind,
      name: kind.name,
      behaviour: state.behaviour,
      account: state.account ?? null,
      fault: state.fault ?? null,
      url: server.url,
    }),
    set: async ({ behaviour, account, fault }) => {
      if (behaviour === 'rotated-keys') state.key = await createSigningKey(random)
      if (behaviour !== undefined) state.behaviour = behaviour
      if (account !== undefined) state.account = account ?? undefined
      if (fault !== undefined) state.fault = fault ?? undefined
    },
    close: server.close,
  }
}
