import type { Clock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { OutboxStore } from './outbox.store.ts'

/** What can be sent, by channel. */
export type MessageByChannel = {
  readonly email: { readonly to: string; readonly subject: string; readonly html: string; readonly text: string }
  readonly sms: { readonly to: string; readonly text: string }
  /** OpenID Connect Back-Channel Logout 1.0: which portal is told about which session of whom. */
  readonly logout: { readonly clientId: string; readonly subject: string; readonly sid: string }
  readonly recovery: MailRequest
  readonly 'sign-up': MailRequest
  /** Goes nowhere: takes the place of a mail where there is none to send, and looks the same. */
  readonly nowhere: Record<string, never>
}

/**
 * Somebody asks for a mail to an address or a number. Which one it is, is found out when the order is carried out, in
 * the background: so the answer to the one who asks takes the same time for every address (ENU-2).
 */
export type MailRequest = {
  readonly identifier: { readonly kind: 'email' | 'phone'; readonly canonical: string; readonly display: string }
  readonly continueTo: string
  readonly locale: Locale
  readonly clientNetwork: string
}

/** An order in the outbox, by its row and channel. */
export type Order = { readonly id: string; readonly channel: Channel }

export type Channel = keyof MessageByChannel

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
  message: MessageByChannel[Name],
  expiresAt: number,
): Promise<string> {
  const id = newId(deps.random)
  const payload = deps.secrets.encrypt('outbox', JSON.stringify(message))
  await outbox.insert({ id, channel, payload, expiresAt, now: deps.clock.now() })
  deps.wake()
  return id
}

/**
 * Puts the message that an order turned out to mean in its place, under its id: whoever asks what became of the order
 * is told what became of the message. In the transaction that carries the order out.
 * @throws when the order is gone or carried out already, so that the transaction does not happen twice
 */
export async function replace<Name extends Channel>(
  deps: EnqueueDeps,
  outbox: OutboxStore,
  order: Order,
  channel: Name,
  message: MessageByChannel[Name],
  delay = 0,
): Promise<void> {
  const payload = deps.secrets.encrypt('outbox', JSON.stringify(message))
  const nextAt = deps.clock.now() + delay
  if (!(await outbox.exchange(order, { channel, payload, nextAt }))) throw new Error(`${order.channel} was carried out`)
  deps.wake()
}

/** A mail server's answer takes its time as well. */
const longestFakeDelay = 2_000

/** Carries an order out that no mail belongs to. */
export function replaceWithNothing(deps: EnqueueDeps, outbox: OutboxStore, order: Order): Promise<void> {
  return replace(deps, outbox, order, 'nowhere', {}, deps.random.below(longestFakeDelay))
}
