import { type Command, UsageError } from './command.ts'

/** Runs the server until it gets a signal to stop. */
export const serve: Command = async (args) => {
  if (args.length > 0) throw new UsageError('einlass serve')
  await import('#main.ts')
  return 0
}
