import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'

/** What the server does with the next mail. Accepts it by default. */
export type Behaviour = {
  readonly at: 'sender' | 'recipient' | 'data' | 'sign-in'
  /** The SMTP code of the refusal; or hangs up after receiving the mail, without a response. */
  readonly answer: 421 | 450 | 451 | 535 | 550 | 554 | 'hangs up'
}

export type ReceivedMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly parsed: Email
}

export type TestMailServer = {
  readonly url: string
  /** Every completely transmitted mail, including those refused afterwards. */
  readonly received: readonly ReceivedMail[]
  /** Behaviour for the next mails, one entry each. */
  readonly behave: (...next: readonly Behaviour[]) => void
  readonly close: () => Promise<void>
}

/** A real SMTP server on loopback. */
export async function startMailServer(): Promise<TestMailServer> {
  const received: ReceivedMail[] = []
  let next: Behaviour[] = []
  const refusalAt = (at: Behaviour['at']): Behaviour['answer'] | undefined =>
    next[0]?.at === at ? next.shift()?.answer : undefined
  const errorAt = (at: Behaviour['at']): Error | null => {
    const answer = refusalAt(at)
    return answer === undefined ? null : Object.assign(new Error('not now'), { responseCode: answer })
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: (_auth, _session, done) => done(errorAt('sign-in'), { user: 'einlass' }),
    onMailFrom: (_address, _session, done) => done(errorAt('sender')),
    onRcptTo: (_address, _session, done) => done(errorAt('recipient')),
    onData: async (stream, session, done) => {
      const parts: Buffer[] = []
      try {
        for await (const part of stream) parts.push(part as Buffer)
      } catch {
        // The sender disconnected in the middle, so the mail was not transmitted.
        return
      }
      const raw = Buffer.concat(parts).toString('latin1')
      const { mailFrom, rcptTo } = session.envelope
      const parsed = await PostalMime.parse(Buffer.concat(parts))
      received.push({ from: (mailFrom as SMTPServerAddress).address, to: rcptTo.map((to) => to.address), raw, parsed })
      const answer = refusalAt('data')
      if (answer === 'hangs up') return hangUp(server)
      done(answer === undefined ? null : Object.assign(new Error('not now'), { responseCode: answer }))
    },
  })
  // The server emits an error for each connection that we close.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    behave: (...behaviours) => {
      next = [...behaviours]
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function hangUp(server: SMTPServer): void {
  const { connections } = server as unknown as { connections: Set<{ _socket: { destroy: () => void } }> }
  for (const connection of connections) connection._socket.destroy()
}
