import type { Clock } from '#kernel/clock.ts'
import type { Account } from './account.ts'
import type { BehaviourName } from './behaviours.ts'
import type { EndpointName } from './call.ts'
import type { Fault, FaultName } from './faults.ts'
import type { Grants } from './grants.ts'
import type { SigningKey } from './signing-key.ts'
import type { Answer, Visit } from './web/index.ts'

export type NetworkId = 'sim-google' | 'sim-x'

/** The only client of a network. */
export type NetworkClient = {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
}

/** The state that the control server can change. */
export type NetworkState = {
  behaviour: BehaviourName
  account: Account | undefined
  fault: FaultName | undefined
  key: SigningKey
}

/** The context of a network's endpoints. */
export type Network = {
  readonly client: NetworkClient
  readonly state: NetworkState
  /** The current fault; empty if there is none. */
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

/** A kind of network, with its endpoints by path. */
export type NetworkKind = {
  readonly id: NetworkId
  readonly kind: 'oidc' | 'oauth2'
  readonly name: string
  readonly endpoints: Readonly<Record<string, Endpoint>>
}
