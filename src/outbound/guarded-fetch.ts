import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Agent, buildConnector, RequestInit, Response } from 'undici'
import { second } from '#kernel/duration.ts'

/** The part of `fetch` that is used here. */
export type GuardedFetch = (url: string, init: RequestInit) => Promise<Response>

/** A server that hangs ties up no more connections than this, no matter how many people wait for it. */
const connectionsPerOrigin = 16
/** RFC 4291, section 2.4: other addresses that count as unicast embed an IPv4 address or are unassigned. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const connectTimeout = 2 * second

/**
 * A `fetch` that connects only to public addresses. The check is made on the resolved address that the socket connects
 * to, so that neither the URL nor DNS rebinding gets around it (SSRF-1).
 * @param outboundRanges private CIDR ranges that the operator allows as well; in development, loopback
 */
export function createGuardedFetch(outboundRanges: readonly string[]): GuardedFetch {
  const allowed = outboundRanges.map((range) => ipaddr.parseCIDR(range))
  const admits = (address: string) => {
    const parsed = ipaddr.process(address)
    const isAllowed = allowed.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits))
    return isAllowed || (parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(...globalUnicast)))
  }
  let opening: Promise<{ readonly agent: Agent; readonly fetch: typeof import('undici').fetch }> | undefined
  // Loaded with the first request, to keep the start fast.
  const open = async () => {
    const undici = await import('undici')
    const connect = guardedConnector(undici.buildConnector, admits)
    return { agent: new undici.Agent({ connections: connectionsPerOrigin, connect }), fetch: undici.fetch }
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
  const connect = build({ timeout: connectTimeout, lookup: guardedLookup(admits) })
  return (options, callback) => {
    const literal = options.hostname.replace(/^\[(.*)\]$/, '$1')
    if (ipaddr.isValid(literal) && !admits(literal)) return callback(new Error(`${literal} is not public`), null)
    return connect(options, callback)
  }
}

/** One lookup per name at a time: lookups occupy the shared thread pool (F25). */
function guardedLookup(admits: (address: string) => boolean): LookupFunction {
  const pending = new Map<string, Promise<readonly LookupAddress[]>>()
  const resolveAddresses = (hostname: string) =>
    new Promise<readonly LookupAddress[]>((resolve, reject) => {
      lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
    })
  return (hostname, { all }, callback) => {
    const answer = pending.get(hostname) ?? resolveAddresses(hostname).finally(() => pending.delete(hostname))
    pending.set(hostname, answer)
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
