import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { client } from './testing/sign-in.ts'

test('as a child process it reports its URLs, and exits with its parent', async () => {
  const settings = { networks: [{ id: 'sim-google', port: 0, ...client }], controlPort: 0 }
  const child = fork(new URL('./main.ts', import.meta.url), [JSON.stringify(settings)], { execArgv: [] })
  const [report] = (await once(child, 'message')) as [
    { ready: boolean; urls: Record<string, string>; controlUrl: string },
  ]
  assert.equal(report.ready, true)
  assert.equal((await fetch(report.urls['sim-google'] as string)).status, 200)
  assert.equal((await fetch(`${report.controlUrl}/networks`)).status, 200)
  const ended = once(child, 'exit')
  child.disconnect()
  assert.deepEqual(await ended, [0, null])
})
