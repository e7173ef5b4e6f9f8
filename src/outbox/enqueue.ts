import type { Clock } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Random } from '../kernel/random.ts'
import type { Secrets } from '../kernel/secret.ts'
import type { OutboxStore } from './outbox.store.ts'

/** What can be sent, by channel. */
export type Messages = {
  readonly email: { readonly to: string; readonly subject: string; readonly html: string; readonly text: string }
  readonly sms: { readonly to: string; readonly text: string }
  /** OpenID Connect Back-Channel Logout 1.0: which portal is told about which session of whom. */
  readonly logout: { readonly clientId: string; readonly subject: string; readonly sid: string }
}

export type Channel = keyof Messages

export type EnqueueDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly secrets: Secrets
  /** Tells the worker that there is something to do. */
  readonly wake: () => void
}

/**
 * Puts a message into the outbox, in the transaction of the act that causes it; sent after the commit.
 * @param expiresAt when it is of no use any more
 * @returns the row's id, which is also its Message-ID on every try
 */
export async function enqueue<Name extends Channel>(
  deps: EnqueueDeps,
  outbox: OutboxStore,
  channel: Name,
  message: Messages[Name],
  expiresAt: number,
): Promise<string> {
  const id = newId(deps.random)
  const payload = deps.secrets.encrypt('outbox', JSON.stringify(message))
  await outbox.insert({ id, channel, payload, expiresAt, now: deps.clock.now() })
  deps.wake()
  return id
}
