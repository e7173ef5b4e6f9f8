import { describe } from 'node:test'

export type Engine = 'sqlite' | 'postgres'

/** Runs tests on both database engines, or on those given. */
export function onEachEngine(
  tests: (engine: Engine) => void,
  engines: readonly Engine[] = ['sqlite', 'postgres'],
): void {
  for (const engine of engines) describe(engine, () => tests(engine))
}
