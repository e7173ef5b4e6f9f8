const loopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** An address of this very machine, where http is as safe as https. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname)
}

/** Pages name hosts in their policy (CSP), where others would mean something else. */
const plainHost = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/

/**
 * Whether we may speak with a network at this address: https, or http on this machine, and nothing that a browser or a
 * library could read in two ways.
 */
export function isProviderUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.hash || /[\s\\\p{Cc}]/u.test(text)) return false
  if (!plainHost.test(url.hostname)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
