import type { FastifyInstance } from 'fastify'

type Sink = { write: (line: string) => unknown }

/** Catches all that the app writes into its log from now on, the least of it too. @returns the lines so far */
export function catchLog(app: FastifyInstance): () => readonly string[] {
  const log = app.log as unknown as Record<symbol, Sink>
  const symbol = Object.getOwnPropertySymbols(log).find((each) => each.description === 'pino.stream')
  const sink = symbol && log[symbol]
  if (!sink) throw new Error('the log has no stream')
  const lines: string[] = []
  app.log.level = 'trace'
  sink.write = (line) => lines.push(line)
  return () => lines
}
