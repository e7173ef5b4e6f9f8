/** Waiting, as an argument like the clock. Nothing that waits keeps the process alive. */
export type Timers = {
  /**
   * Calls once, after so many milliseconds.
   * @returns a function that cancels it
   */
  readonly after: (milliseconds: number, work: () => void) => () => void
}

/** The only place that starts timers of the system. */
export const systemTimers: Timers = {
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/**
 * Works again and again, with a pause between the end of one and the beginning of the next.
 * @param work handles its own errors
 * @returns a function that stops it
 */
export function repeat({ after }: Timers, pause: number, work: () => Promise<unknown>): () => void {
  let stopped = false
  let cancel = () => {}
  const next = () => {
    if (!stopped) cancel = after(pause, () => void work().then(next))
  }
  next()
  return () => {
    stopped = true
    cancel()
  }
}
