import type { Clock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import { type Channel, discard } from './channel.ts'
import type { OutboxStore } from './outbox.store.ts'

/** A message that stands for one that is not known yet, by its row. */
export type Order = { readonly id: string; readonly channel: Pick<Channel<unknown>, 'name'> }

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
 * Puts the message that an order turned out to mean in its place, under the same id, so that the status of the order is
 * the status of the message. In the transaction that carries the order out.
 * @throws when the order is gone or carried out already: that transaction must not commit twice
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

/** Milliseconds: a mail server's answer takes its time as well. */
const longestFakeDelay = 2_000

/** Replaces an order that turned out to mean no mail, at a pace that does not show it (ENU-2). */
export function replaceWithNothing(deps: EnqueueDeps, outbox: OutboxStore, order: Order): Promise<void> {
  return replace(deps, outbox, order, discard, {}, deps.random.below(longestFakeDelay))
}
