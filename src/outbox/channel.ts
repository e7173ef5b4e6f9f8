/** Lanes are worked off apart: portals that do not answer hold up no mail that a person waits for. */
export type Lane = 'people' | 'servers'

/** Where messages of one kind go. The part that sends them declares it. */
export type Channel<Message> = {
  /** Stands in the outbox's rows. */
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

/** Goes nowhere: takes the place of a mail where there is none to send, and looks the same. */
export const discard = channel<Record<string, never>>('discard', 'people')
