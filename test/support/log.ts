import type { FastifyInstance } from 'fastify'

type Sink = { write: (line: string) => unknown }

/** Captures the app's log from now on, at the lowest level. @returns the lines so far */
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
