import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '#kernel/clock.ts'
import { email, sms, type Transport, transport } from '#outbox/index.ts'

/** A message that would have been sent. */
export type MailboxMessage = {
  readonly channel: 'email' | 'sms'
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly sentAt: number
}

export type Mailbox = {
  readonly transports: readonly Transport[]
  /** Newest first. */
  readonly list: () => readonly MailboxMessage[]
}

/** Keeps messages in a file of JSON lines, so that they survive a restart. */
export function openMailbox(file: string, clock: Clock): Mailbox {
  mkdirSync(dirname(file), { recursive: true })
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const stored = new Map<string, MailboxMessage>()
  for (const line of lines.filter((text) => text.endsWith('}'))) {
    const { id, ...message } = JSON.parse(line)
    stored.set(id, message)
  }
  const store = (id: string, message: MailboxMessage) => {
    if (stored.has(id)) return
    appendFileSync(file, `${JSON.stringify({ id, ...message })}\n`)
    stored.set(id, message)
  }
  return {
    transports: [
      transport(email, async (id, mail) => store(id, { channel: 'email', ...mail, sentAt: clock.now() })),
      transport(sms, async (id, { to, text }) =>
        store(id, { channel: 'sms', to, subject: '', text, html: '', sentAt: clock.now() }),
      ),
    ],
    list: () => [...stored.values()].reverse(),
  }
}
