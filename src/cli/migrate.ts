import { parseArgs } from 'node:util'
import { readCommandConfig } from '#config.ts'
import { migrate as migrateConnection, openConnection } from '#database/open.ts'
import { type Command, print } from './command.ts'

/** Brings the tables up to date without starting the server. */
export const migrate: Command = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  const connection = await openConnection(readCommandConfig().database, (error) => console.error(error.message))
  try {
    const done = await migrateConnection(connection)
    print(values.json, { migrations: done }, done.length > 0 ? `Done: ${done.join(', ')}` : 'Everything is up to date.')
    return 0
  } finally {
    await connection.close()
  }
}
