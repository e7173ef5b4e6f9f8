import { isIPv4, isIPv6 } from 'node:net'
import bowser from 'bowser'
import type { FastifyRequest } from 'fastify'

/**
 * The network an address belongs to, coarse on purpose: `203.0.113.0/24`, `2001:db8:1::/48`. Limits count by it, so
 * that changing the address within one's own network gives nothing (SES-8), and it is all of the address we keep.
 */
export function clientNetwork(address: string): string {
  // Some proxies name the port as well: `203.0.113.7:4711`, `[2001:db8::1]:4711`.
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')
  const plain = bare.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  // What is no address must not make a network of its own each time.
  return isIPv6(plain) ? `${expand(plain).slice(0, 3).join(':')}::/48` : 'unknown'
}

function expand(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const middle = tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...middle, ...right].map((group) => Number.parseInt(group, 16).toString(16))
}

const longestAgent = 512

/** Browser and system in words, for a list of devices: `Firefox, Windows`. */
export function deviceOf(request: FastifyRequest): string {
  const agent = (request.headers['user-agent'] ?? '').slice(0, longestAgent)
  if (!agent) return ''
  const { browser, os } = bowser.parse(agent)
  return [browser.name, os.name].filter(Boolean).join(', ')
}
