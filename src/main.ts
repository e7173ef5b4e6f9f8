import { compose, openFoundation } from '#compose/index.ts'
import { systemClock } from '#kernel/clock.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'
import { paths } from '#ui/paths.ts'
import { ConfigurationFault, readConfig } from './config.ts'

/** Configuration, composition, listening, draining; nothing else. */
async function main(): Promise<void> {
  const config = readConfig()
  for (const warning of config.warnings) console.warn(warning)
  const foundation = await openFoundation(config, { clock: systemClock, timers: systemTimers, random: systemRandom })
  // Loaded here and nowhere else: production never reads a line of it.
  const development = config.development
    ? (await import('#development/index.ts')).createDevelopment(foundation)
    : undefined
  const einlass = await compose(foundation, development?.extras)
  const running = await development?.start(einlass)
  if (!running) einlass.app.get(paths.home, (_request, reply) => reply.redirect(paths.profile, 303))
  await einlass.app.listen({ port: config.port, host: config.listen })
  einlass.health.start()
  console.log(running?.welcome ?? `Einlass is listening on port ${config.port} as ${config.url.origin}`)

  const stop = async () => {
    running?.close()
    await einlass.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** What an operator can mend is said in a sentence; anything else with where it happened. */
function inWords(error: unknown): unknown {
  const { code, port, message, syscall } = error as NodeJS.ErrnoException & { readonly port?: number }
  if (error instanceof ConfigurationFault) return message
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. Choose another one with EINLASS_PORT.`
  if (code === 'EACCES' && syscall === 'listen')
    return `Port ${port} needs extra privileges. Choose one above 1023 with EINLASS_PORT.`
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return `EINLASS_DATABASE: the database can't be reached: ${message}`
  return error
}

main().catch((error) => {
  console.error(inWords(error))
  process.exit(1)
})
