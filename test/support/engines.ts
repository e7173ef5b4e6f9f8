import { describe } from 'node:test'

export type Engine = 'sqlite' | 'postgres'

/** What touches storage is tested on both databases; a test may name the one that it needs. */
export function onEachEngine(
  tests: (engine: Engine) => void,
  engines: readonly Engine[] = ['sqlite', 'postgres'],
): void {
  for (const engine of engines) describe(engine, () => tests(engine))
}
