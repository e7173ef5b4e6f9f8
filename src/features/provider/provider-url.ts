const loopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Whether the URL is on loopback, where http is as safe as https. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname)
}

/** Hosts go into the CSP of pages, where other characters could have a meaning. */
const plainHost = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/

/**
 * Whether a provider may use this URL: https, or http on loopback, and nothing that a browser and a library could parse
 * differently.
 */
export function isProviderUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.hash || /[\s\\\p{Cc}]/u.test(text)) return false
  if (!plainHost.test(url.hostname)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
