import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCounters } from './counters.ts'
import { createExposition } from './exposition.ts'

const gauges = {
  networkStates: async () => new Map([['google', 'works'] as const, ['x', 'down'] as const]),
  outboxWaiting: async () => 3,
}

test('what was counted and what is looked up is told as text', async () => {
  const counters = createCounters()
  const signedIn = { method: 'network', network: 'google', outcome: 'signed-in' } as const
  counters.count('einlass_sign_in_attempts_total', signedIn)
  counters.count('einlass_sign_in_attempts_total', signedIn)
  counters.count('einlass_sign_in_attempts_total', { ...signedIn, method: 'password', network: '' })
  counters.count('einlass_network_incidents_total', { network: 'x', state: 'down' })
  const { type, body } = await createExposition(counters, gauges)()
  assert.match(type, /^text\/plain; version=0\.0\.4/)
  const lines = body.split('\n')
  for (const line of [
    'einlass_sign_in_attempts_total{method="network",network="google",outcome="signed-in"} 2',
    'einlass_sign_in_attempts_total{method="password",network="",outcome="signed-in"} 1',
    'einlass_network_incidents_total{network="x",state="down"} 1',
    'einlass_network_health{network="google"} 1',
    'einlass_network_health{network="x"} 0',
    'einlass_outbox_waiting 3',
  ]) {
    assert.ok(lines.includes(line), `${line} in ${body}`)
  }
  assert.match(body, /^process_resident_memory_bytes \d+$/m)
})

test('asking twice counts nothing twice, and two expositions do not know each other', async () => {
  const counters = createCounters()
  counters.count('einlass_network_incidents_total', { network: 'x', state: 'troubled' })
  const expose = createExposition(counters, gauges)
  await Promise.all([expose(), createExposition(createCounters(), gauges)()])
  assert.match((await expose()).body, /incidents_total\{network="x",state="troubled"\} 1$/m)
})
