import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Foundation, openFoundation } from '#compose/index.ts'
import { readConfig } from '#config.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'
import { createTestClock, type TestClock } from './app.ts'
import type { Engine } from './engines.ts'
import { startPostgres } from './postgres.ts'

/** A new database of either engine with the real migrations, without a server. */
export type TestStorage = Foundation & { readonly clock: TestClock; readonly close: () => Promise<void> }

export async function openStorage(engine: Engine): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-storage-'))
  const clock = createTestClock()
  const config = {
    ...readConfig({ EINLASS_DEVELOPMENT: 'true' }),
    database:
      engine === 'sqlite' ? `sqlite:${join(folder, 'einlass.db')}` : await (await startPostgres()).createDatabase(),
    secretFile: join(folder, 'secret'),
  }
  const foundation = await openFoundation(config, { clock, timers: systemTimers, random: systemRandom })
  return {
    ...foundation,
    clock,
    close: async () => {
      await foundation.database.close()
      rmSync(folder, { recursive: true })
    },
  }
}
