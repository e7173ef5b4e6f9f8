/** Hashes and verifies passwords. Work waits in a bounded queue outside this process. */
export type Hasher = {
  /** @returns `<pepper key id>$<PHC string>` @throws Problem `password.busy` when the queue is full */
  readonly hash: (password: string, priority?: Priority) => Promise<string>
  /**
   * @param stored undefined for an account that has none: the same work is done, and the answer is no
   * @throws Problem `password.busy` when the queue is full
   */
  readonly verify: (stored: string | undefined, password: string, priority?: Priority) => Promise<HashVerdict>
  readonly close: () => Promise<void>
}

/** Known browsers keep a share of the queue when strangers fill the rest. */
export type Priority = 'known' | 'stranger'

export type HashVerdict = {
  readonly right: boolean
  /** The password was right and its hash is older than today's parameters or pepper. */
  readonly outdated: boolean
}

/** OWASP Password Storage: the least for argon2id. */
export const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
