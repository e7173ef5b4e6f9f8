import type { Channel, Lane } from './channel.ts'

/** The receiver refused for good: another try would get the same answer. */
export class PermanentRefusal extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'PermanentRefusal'
  }
}

/**
 * Sends one message; resolves when the receiver has taken it over.
 * @param id the same on every try, so that a receiver can recognise a repetition
 * @throws PermanentRefusal when trying again is of no use; any other error means later
 */
export type Deliver<Message> = (id: string, message: Message) => Promise<void>

/** How the messages of one channel are delivered. */
export type Transport = {
  readonly channel: string
  readonly lane: Lane
  /** @param text the message as it was encoded */
  readonly deliver: (id: string, text: string) => Promise<void>
}

export function transport<Message>({ name, lane, decode }: Channel<Message>, deliver: Deliver<Message>): Transport {
  return { channel: name, lane, deliver: (id, text) => deliver(id, decode(text)) }
}
