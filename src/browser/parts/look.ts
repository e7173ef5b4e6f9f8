/** Whether this browser can reach a network. */
export type ProbeResult = 'reachable' | 'unreachable' | 'offline'

/** Milliseconds. With the server's response, a person must learn of a failure within three seconds. */
const probeTimeout = 2_000
/** Milliseconds. Browsers report a violation of our CSP just after the fetch has failed. */
const violationDelay = 100

export function probeNetwork(origin: string, stop: AbortSignal): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const controller = new AbortController()
    // Older browsers have neither AbortSignal.timeout nor AbortSignal.any.
    const abort = () => controller.abort()
    const timeout = setTimeout(abort, probeTimeout)
    stop.addEventListener('abort', abort)
    const end = (result: ProbeResult) => {
      clearTimeout(timeout)
      removeEventListener('securitypolicyviolation', onViolation)
      controller.abort()
      resolve(result)
    }
    // A redirect to an origin that our CSP blocks shows that the network answered.
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (event.effectiveDirective === 'connect-src' && event.blockedURI.startsWith(origin)) end('reachable')
    }
    addEventListener('securitypolicyviolation', onViolation)
    const { signal } = controller
    fetch(`${origin}/favicon.ico`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal }).then(
      () => end('reachable'),
      // Checked only after a failure: onLine is false on some systems that are online.
      () => setTimeout(() => end(navigator.onLine ? 'unreachable' : 'offline'), violationDelay),
    )
  })
}
