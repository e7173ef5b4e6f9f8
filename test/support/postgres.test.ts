import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import pg from 'pg'
import { startPostgres } from './postgres.ts'

after(async () => (await startPostgres()).stop())

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

test('a process starts only one server', async () => {
  assert.equal(await startPostgres(), await startPostgres())
})

test('each database is new and isolated', async () => {
  const postgres = await startPostgres()
  const [first, second] = [await postgres.createDatabase(), await postgres.createDatabase()]
  await ask(first, 'create table door (id text primary key)')
  await ask(first, "insert into door values ('blue')")
  assert.deepEqual(await ask(first, 'select id from door'), [['blue']])
  assert.deepEqual(await ask(second, "select to_regclass('door')"), [[null]])
})

test('the server and its files are removed when the process is killed', async () => {
  const program =
    'const { url } = await (await import(process.argv[1])).startPostgres(); console.log(url); setInterval(() => {}, 1e6)'
  const module = new URL('postgres.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, module], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const home = new URL(line).searchParams.get('host') as string
  assert.ok(existsSync(home))
  const gone = new Promise<void>((resolve) => {
    const watcher = watch(dirname(home), () => {
      if (existsSync(home)) return
      watcher.close()
      resolve()
    })
  })
  child.kill('SIGKILL')
  await gone
  await assert.rejects(ask(line, 'select 1'))
})
