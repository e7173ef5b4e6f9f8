import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'

test('as a child process it reports the URLs of the portals, and exits with its parent', async () => {
  const portal = { id: 'nordwind', name: 'Nordwind', port: 0, clientId: 'c', clientSecret: 's', colour: '#1d4e89' }
  const settings = { issuer: 'http://localhost:1', portals: [portal] }
  const child = fork(new URL('./main.ts', import.meta.url), [JSON.stringify(settings)], { execArgv: [] })
  const [report] = (await once(child, 'message')) as [{ ready: boolean; urls: Record<string, string> }]
  assert.equal(report.ready, true)
  assert.equal((await fetch(report.urls.nordwind as string)).status, 200)
  const ended = once(child, 'exit')
  child.disconnect()
  assert.deepEqual(await ended, [0, null])
})
