/** Hashes and verifies passwords in other processes, with a bounded queue. */
export type Hasher = {
  /** @returns `<pepper key id>$<PHC string>` @throws Problem `password.busy` if the queue is full */
  readonly hash: (password: string, priority?: Priority) => Promise<string>
  /**
   * @param stored undefined if there is none: does the same work, and is never right
   * @throws Problem `password.busy` if the queue is full
   */
  readonly verify: (stored: string | undefined, password: string, priority?: Priority) => Promise<HashVerdict>
  readonly close: () => Promise<void>
}

/** A share of the queue is reserved for known browsers. */
export type Priority = 'known' | 'stranger'

export type HashVerdict = {
  readonly right: boolean
  /** The password was right, but the hash uses weaker parameters or an older pepper. */
  readonly outdated: boolean
}

/** OWASP Password Storage Cheat Sheet: the minimum for argon2id. */
export const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
