import { isIPv4, isIPv6 } from 'node:net'
import bowser from 'bowser'
import type { FastifyRequest } from 'fastify'

/**
 * The client network of an address, coarse on purpose: `203.0.113.0/24`, `2001:db8:1::/48`. Rate limits count by it, so
 * that rotating addresses within one network gains nothing (SES-8). It is the only part of the address that we store.
 */
export function clientNetwork(address: string): string {
  // Some proxies append the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`.
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')
  const plain = bare.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  // Invalid addresses must not each get their own rate limit.
  return isIPv6(plain) ? `${ipv6Groups(plain).slice(0, 3).join(':')}::/48` : 'unknown'
}

function ipv6Groups(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const middle = tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...middle, ...right].map((group) => Number.parseInt(group, 16).toString(16))
}

const longestAgent = 512

/** Browser and operating system, for a list of devices: `Firefox, Windows`. */
export function deviceOf(request: FastifyRequest): string {
  const agent = (request.headers['user-agent'] ?? '').slice(0, longestAgent)
  if (!agent) return ''
  const { browser, os } = bowser.parse(agent)
  return [browser.name, os.name].filter(Boolean).join(', ')
}
