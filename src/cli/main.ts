import { ConfigurationFault } from '#config.ts'
import { Problem } from '#kernel/problem.ts'
import { type Command, print, refusalInWords, UsageError } from './command.ts'

/** Commands are loaded on demand. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  migrate: async () => (await import('./migrate.ts')).migrate,
  provider: async () => (await import('./provider.ts')).provider,
  portal: async () => (await import('./portal.ts')).portal,
  account: async () => (await import('./account.ts')).account,
  operator: async () => (await import('./operator.ts')).operator,
  keys: async () => (await import('./keys.ts')).keys,
}

const usage = `einlass <command>, one of: ${Object.keys(commands).join(', ')}`

async function run([name, ...args]: readonly string[]): Promise<number> {
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) throw new UsageError(usage)
  return (await load())(args)
}

/** The message of an error of the file system, the network or the database, which is printed without a stack trace. */
function environmentError(error: unknown): string | undefined {
  const { code, severity, message } = error as { code?: unknown; severity?: unknown; message?: string }
  const isSystem = typeof code === 'string' && /^(E[A-Z0-9]+|ERR_SQLITE_ERROR)$/.test(code)
  return isSystem || severity !== undefined ? message || String(code) : undefined
}

function isUsageError(error: unknown): error is Error {
  const { code } = error as { code?: unknown }
  return error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'))
}

const args = process.argv.slice(2)
const json = args.includes('--json')
try {
  process.exitCode = await run(args)
} catch (error) {
  if (isUsageError(error)) {
    console.error(error.message)
    process.exitCode = 2
  } else if (error instanceof Problem) {
    if (json) print(true, { error: error.code, ...error.params }, '')
    else console.error(refusalInWords(error))
    process.exitCode = 1
  } else if (error instanceof ConfigurationFault) {
    if (json) print(true, { error: 'configuration', faults: error.faults }, '')
    else console.error(error.message)
    process.exitCode = 1
  } else {
    const message = environmentError(error)
    if (json) print(true, { error: message === undefined ? 'fault' : 'unavailable' }, '')
    console.error(message ?? error)
    process.exitCode = 1
  }
}
