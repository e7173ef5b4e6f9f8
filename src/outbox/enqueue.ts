import type { Clock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import { type Channel, discard } from './channel.ts'
import type { OutboxStore } from './outbox.store.ts'

/** A placeholder row for a message that is decided in the background. */
export type Order = { readonly id: string; readonly channel: Pick<Channel<unknown>, 'name'> }

export type EnqueueDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly secrets: Secrets
  /** Wakes the worker. */
  readonly wake: () => void
}

/**
 * Puts a message into the outbox, in the caller's transaction. It is sent after the commit.
 * @param expiresAt after this time it is dropped instead of sent
 * @returns the row's id, which is also the Message-ID of every attempt
 */
export async function enqueue<Message>(
  deps: EnqueueDeps,
  outbox: OutboxStore,
  { name, encode }: Channel<Message>,
  message: Message,
  expiresAt: number,
): Promise<string> {
  const id = newId(deps.random)
  const payload = deps.secrets.encrypt('outbox', encode(message))
  await outbox.insert({ id, channel: name, payload, expiresAt, now: deps.clock.now() })
  deps.wake()
  return id
}

/**
 * Replaces an order by its message under the same id, so that the status of the order becomes the status of the message.
 * Call it in the transaction that processes the order.
 * @throws if the order is gone or was processed already, so that the transaction rolls back
 */
export async function replace<Message>(
  deps: EnqueueDeps,
  outbox: OutboxStore,
  { id, channel }: Order,
  { name, encode }: Channel<Message>,
  message: Message,
  delay = 0,
): Promise<void> {
  const payload = deps.secrets.encrypt('outbox', encode(message))
  const nextAt = deps.clock.now() + delay
  const isReplaced = await outbox.exchange({ id, channel: channel.name }, { channel: name, payload, nextAt })
  if (!isReplaced) throw new Error(`the ${channel.name} message was replaced before`)
  deps.wake()
}

/** Milliseconds. Imitates the response time of a mail server. */
const longestFakeDelay = 2_000

/** Replaces an order that results in no mail, with a random delay that hides this (ENU-2). */
export function replaceWithNothing(deps: EnqueueDeps, outbox: OutboxStore, order: Order): Promise<void> {
  return replace(deps, outbox, order, discard, {}, deps.random.below(longestFakeDelay))
}
