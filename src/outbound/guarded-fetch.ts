import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Agent, buildConnector, RequestInit, Response } from 'undici'
import { second } from '#kernel/duration.ts'

/** The part of `fetch` that is used here. */
export type GuardedFetch = (url: string, init: RequestInit) => Promise<Response>

/** However many people wait for a network that hangs, it holds no more of our connections. */
const connectionsToOneNetwork = 16
/** RFC 4291, section 2.4: what else is called unicast is IPv4 in disguise, or nobody's yet. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const connectedWithin = 2 * second

/**
 * A `fetch` that connects to public addresses alone, whatever the name in the address or its resolver says: the check is
 * made on the very address that is connected to (SSRF-1).
 * @param privateNetworks CIDR ranges that the operator allows besides: an own network, in development this machine
 */
export function createGuardedFetch(privateNetworks: readonly string[]): GuardedFetch {
  const allowed = privateNetworks.map((range) => ipaddr.parseCIDR(range))
  const admits = (address: string) => {
    const parsed = ipaddr.process(address)
    const isNamed = allowed.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits))
    return isNamed || (parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(...globalUnicast)))
  }
  let opening: Promise<{ readonly agent: Agent; readonly fetch: typeof import('undici').fetch }> | undefined
  // A server that starts needs none of it yet.
  const open = async () => {
    const undici = await import('undici')
    const connect = guardedConnector(undici.buildConnector, admits)
    return { agent: new undici.Agent({ connections: connectionsToOneNetwork, connect }), fetch: undici.fetch }
  }
  return async (url, init) => {
    opening ??= open()
    const { agent, fetch } = await opening
    return fetch(url, { ...init, dispatcher: agent })
  }
}

function guardedConnector(
  build: typeof buildConnector,
  admits: (address: string) => boolean,
): buildConnector.connector {
  const connect = build({ timeout: connectedWithin, lookup: guardedLookup(admits) })
  return (options, callback) => {
    const literal = options.hostname.replace(/^\[(.*)\]$/, '$1')
    if (ipaddr.isValid(literal) && !admits(literal)) return callback(new Error(`${literal} is not public`), null)
    return connect(options, callback)
  }
}

/** One question for each name at a time: questions wait in the thread pool, which is not ours alone (F25). */
function guardedLookup(admits: (address: string) => boolean): LookupFunction {
  const asking = new Map<string, Promise<readonly LookupAddress[]>>()
  const ask = (hostname: string) =>
    new Promise<readonly LookupAddress[]>((resolve, reject) => {
      lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
    })
  return (hostname, { all }, callback) => {
    const answer = asking.get(hostname) ?? ask(hostname).finally(() => asking.delete(hostname))
    asking.set(hostname, answer)
    answer.then(
      (addresses) => {
        const [first, ...others] = addresses.filter(({ address }) => admits(address))
        if (!first) callback(new Error(`${hostname} has no public address`), '')
        else if (all) callback(null, [first, ...others])
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}
