/** Lanes have separate workers, so that portals that do not respond cannot delay mail that a person waits for. */
export type Lane = 'people' | 'servers'

/** A kind of message. Declared by the feature that sends it. */
export type Channel<Message> = {
  /** Stored in the outbox rows. */
  readonly name: string
  readonly lane: Lane
  readonly encode: (message: Message) => string
  readonly decode: (text: string) => Message
}

export function channel<Message>(name: string, lane: Lane): Channel<Message> {
  return { name, lane, encode: JSON.stringify, decode: JSON.parse }
}

export type Email = { readonly to: string; readonly subject: string; readonly html: string; readonly text: string }
export type Sms = { readonly to: string; readonly text: string }

export const email = channel<Email>('email', 'people')
export const sms = channel<Sms>('sms', 'people')

/** Delivered nowhere: replaces a mail where there is none to send, and is indistinguishable from one. */
export const discard = channel<Record<string, never>>('discard', 'people')
