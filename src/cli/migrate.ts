import { parseArgs } from 'node:util'
import { readCommandConfig } from '#config.ts'
import { migrate as migrateConnection, openConnection } from '#database/open.ts'
import { type Command, print } from './command.ts'

/** Runs the pending migrations without starting the server. */
export const migrate: Command = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  const connection = await openConnection(readCommandConfig().database, (error) => console.error(error.message))
  try {
    const applied = await migrateConnection(connection)
    const words = applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.'
    print(values.json, { migrations: applied }, words)
    return 0
  } finally {
    await connection.close()
  }
}
