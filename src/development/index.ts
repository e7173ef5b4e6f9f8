import { join } from 'node:path'
import { dirname } from 'node:path'
import type { Einlass, Extras, Foundation } from '../compose.ts'
import { setPersonal } from '../http/index.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'

let mailbox: Mailbox

/** What development adds to the composition: messages stay in the house. */
export function extras({ config, clock }: Foundation): Extras {
  mailbox = openMailbox(join(dirname(config.secretFile), 'mailbox.jsonl'), clock)
  return { transports: mailbox.transports }
}

export type RunningDevelopment = { readonly welcome: string; readonly close: () => Promise<void> }

/** Starts what surrounds the server in development, and adds its routes. */
export async function start({ config }: Foundation, { app }: Einlass): Promise<RunningDevelopment> {
  app.get('/dev/mailbox.json', async (_request, reply) => {
    setPersonal(reply)
    return mailbox.list()
  })
  return { welcome: `Einlass: ${config.url.origin}\nMailbox: ${config.url.origin}/dev/mailbox`, close: async () => {} }
}
