import type { Transporter } from 'nodemailer'
import { second } from '#kernel/duration.ts'
import { type Deliver, type Email, PermanentRefusal } from '#outbox/index.ts'

export type SmtpSettings = {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly url: string
  /** Sender, a plain address. */
  readonly from: string
}

/** Mail over SMTP. One recipient per mail, passed as an object: nodemailer must never parse what a person typed. */
export function smtpTransport(settings: SmtpSettings): {
  readonly deliver: Deliver<Email>
  readonly close: () => Promise<void>
} {
  // Loaded with the first mail, to keep the start fast.
  let opened: Promise<Transporter> | undefined
  const host = settings.from.slice(settings.from.lastIndexOf('@') + 1)
  return {
    close: async () => {
      const transport = await opened
      transport?.close()
    },
    deliver: async (id, mail) => {
      opened ??= open(settings)
      const transport = await opened
      try {
        await transport.sendMail({
          from: { name: 'Einlass', address: settings.from },
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: `<${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
      } catch (error) {
        throw isPermanent(error) ? new PermanentRefusal(error) : error
      }
    },
  }
}

/**
 * Whether the server rejected this recipient or this mail. If it rejects our credentials or our sender, the settings
 * are wrong: mails stay in the queue until the settings are corrected.
 */
function isPermanent(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

async function open(settings: SmtpSettings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const server = new URL(settings.url)
  return createTransport({
    host: server.hostname,
    port: Number(server.port || (server.protocol === 'smtps:' ? 465 : 587)),
    secure: server.protocol === 'smtps:',
    // Never send our password unencrypted, even if an attacker in between strips STARTTLS.
    requireTLS: server.username !== '' && !loopback.test(server.hostname),
    ...(server.username && {
      auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) },
    }),
    pool: true,
    maxConnections: 5,
    connectionTimeout: 10 * second,
    greetingTimeout: 10 * second,
    socketTimeout: 30 * second,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
