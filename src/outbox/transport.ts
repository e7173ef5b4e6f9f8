import type { Channel, Lane } from './channel.ts'

/** A permanent failure: the receiver would refuse every retry. */
export class PermanentRefusal extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'PermanentRefusal'
  }
}

/**
 * Sends one message. Resolves when the receiver has accepted it.
 * @param id the same on every attempt, so that a receiver can recognise duplicates
 * @throws PermanentRefusal if a retry is useless; any other error causes a retry
 */
export type Deliver<Message> = (id: string, message: Message) => Promise<void>

/** How the messages of one channel are delivered. */
export type Transport = {
  readonly channel: string
  readonly lane: Lane
  /** @param text the encoded message */
  readonly deliver: (id: string, text: string) => Promise<void>
}

export function transport<Message>({ name, lane, decode }: Channel<Message>, deliver: Deliver<Message>): Transport {
  return { channel: name, lane, deliver: (id, text) => deliver(id, decode(text)) }
}
