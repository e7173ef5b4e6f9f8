import { compose, openFoundation } from './compose.ts'
import { ConfigurationFault, readConfig } from './config.ts'
import { systemClock } from './kernel/clock.ts'
import { systemRandom } from './kernel/random.ts'

/** Configuration, composition, listening, draining; nothing else. */
async function main(): Promise<void> {
  const config = readConfig()
  const foundation = await openFoundation(config, systemClock, systemRandom)
  const development = config.development ? await import('./development/index.ts') : undefined
  const einlass = await compose(foundation, development?.extras(foundation))
  const running = await development?.start(foundation, einlass)
  await einlass.app.listen({ port: config.port, host: config.listen })
  console.log(running?.welcome ?? `Einlass listens on port ${config.port} as ${config.url.origin}`)

  const stop = async () => {
    await running?.close()
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
