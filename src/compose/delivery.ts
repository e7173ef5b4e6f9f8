import type { FastifyBaseLogger } from 'fastify'
import { smtpTransport } from '#mail/smtp.ts'
import { email, type OutboxWorker, startOutboxWorker, type Transport, transport } from '#outbox/index.ts'
import type { Foundation } from './foundation.ts'

/** Delivery of the outbox: SMTP unless other transports replace it, and the features' background orders. */
export async function composeDelivery(
  { config, clock, timers, random, secrets, database, outboxSignal }: Foundation,
  orders: readonly Transport[],
  insteadOfMailServer: readonly Transport[] | undefined,
  log: FastifyBaseLogger,
): Promise<OutboxWorker> {
  const smtp = config.smtp ? smtpTransport({ url: config.smtp, from: config.mailFrom }) : undefined
  const outbox = startOutboxWorker({
    inTransaction: database.inTransaction,
    clock,
    timers,
    random,
    secrets,
    transports: [...(insteadOfMailServer ?? [transport(email, smtp?.deliver ?? noMailServer)]), ...orders],
    onError: (error) => log.warn({ err: error }, 'outbox'),
  })
  outboxSignal.notify = outbox.wake
  // On SQLite there is only one server, so leases of a crashed process can be released at once.
  if (database.engine === 'sqlite') await database.inTransaction((stores) => stores.outbox.release())
  return {
    ...outbox,
    close: async () => {
      await outbox.close()
      await smtp?.close()
    },
  }
}

const noMailServer = () => Promise.reject(new Error('no mail server is set (EINLASS_SMTP)'))
