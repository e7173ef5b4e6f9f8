/** What this browser finds out about a network. */
export type Found = 'reachable' | 'unreachable' | 'offline'

/** Whoever does not get through shall know within three seconds, with what the server has to say about it. */
const answeredWithin = 2_000
/** The browser tells of what our policy forbids just after it has given up. */
const toldWithin = 100

/** Looks whether a network answers from here, for as long as nobody stops it. */
export function look(origin: string, stop: AbortSignal): Promise<Found> {
  return new Promise((resolve) => {
    const over = new AbortController()
    // Older browsers have neither AbortSignal.timeout nor AbortSignal.any.
    const giveUp = () => over.abort()
    const late = setTimeout(giveUp, answeredWithin)
    stop.addEventListener('abort', giveUp)
    const end = (found: Found) => {
      clearTimeout(late)
      removeEventListener('securitypolicyviolation', forbidden)
      over.abort()
      resolve(found)
    }
    // Who sends us on to a place that our policy forbids is there.
    const forbidden = (event: SecurityPolicyViolationEvent) => {
      if (event.effectiveDirective === 'connect-src' && event.blockedURI.startsWith(origin)) end('reachable')
    }
    addEventListener('securitypolicyviolation', forbidden)
    const { signal } = over
    fetch(`${origin}/favicon.ico`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal }).then(
      () => end('reachable'),
      // Asked only now: some systems believe to be offline and are not.
      () => setTimeout(() => end(navigator.onLine ? 'unreachable' : 'offline'), toldWithin),
    )
  })
}
