import type { Clock } from '#kernel/clock.ts'
import type { Account } from './account.ts'
import type { BehaviourName } from './behaviours.ts'
import type { EndpointName } from './call.ts'
import type { Fault, FaultName } from './faults.ts'
import type { Grants } from './grants.ts'
import type { SigningKey } from './signing-key.ts'
import type { Answer, Visit } from './web/index.ts'

export type NetworkId = 'sim-google' | 'sim-x'

/** The one relying party a network knows. */
export type NetworkClient = {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
}

/** What control can change. */
export type NetworkState = {
  behaviour: BehaviourName
  account: Account | undefined
  fault: FaultName | undefined
  key: SigningKey
}

/** Everything the endpoints of one network work with. */
export type Network = {
  readonly client: NetworkClient
  readonly state: NetworkState
  /** What goes wrong in the answers now; empty for a network without a fault. */
  readonly fault: () => Fault
  readonly grants: Grants
  readonly url: string
  readonly clock: Clock
}

export type Endpoint = {
  readonly name: EndpointName
  readonly methods: readonly string[]
  readonly answer: (network: Network, visit: Visit) => Promise<Answer> | Answer
}

/** One sort of network: its endpoints by path, and how it differs from the others. */
export type NetworkKind = {
  readonly id: NetworkId
  readonly kind: 'oidc' | 'oauth2'
  readonly name: string
  readonly endpoints: Readonly<Record<string, Endpoint>>
}
