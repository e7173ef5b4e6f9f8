import { compose, openFoundation } from './compose.ts'
import { ConfigurationFault, readConfig } from './config.ts'
import { systemClock } from './kernel/clock.ts'
import { systemRandom } from './kernel/random.ts'

/** Configuration, composition, listening, draining; nothing else. */
async function main(): Promise<void> {
  const config = readConfig()
  const foundation = await openFoundation(config, systemClock, systemRandom)
  // Loaded here and nowhere else: production never reads a line of it.
  const development = config.development
    ? (await import('./development/index.ts')).createDevelopment(foundation)
    : undefined
  const einlass = await compose(foundation, development?.extras)
  const running = await development?.start(einlass)
  if (!running) einlass.app.get('/', (_request, reply) => reply.redirect('/profile', 303))
  await einlass.app.listen({ port: config.port, host: config.listen })
  console.log(running?.welcome ?? `Einlass listens on port ${config.port} as ${config.url.origin}`)

  const stop = async () => {
    running?.close()
    await einlass.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error) => {
  console.error(error instanceof ConfigurationFault ? error.message : error)
  process.exit(1)
})
