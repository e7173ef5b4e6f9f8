import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Counter, createCounters } from './counters.ts'
import { createExposition } from './exposition.ts'

const visits: Counter<'page' | 'outcome'> = { name: 'visits_total', help: 'Visits.', labels: ['page', 'outcome'] }
const doors = {
  name: 'doors_open',
  help: 'Open doors.',
  labels: ['floor'],
  read: async () => [
    { labels: { floor: '1' }, value: 1 },
    { labels: { floor: '2' }, value: 0 },
  ],
}
const waiting = { name: 'waiting', help: 'Waiting.', labels: [], read: async () => [{ labels: {}, value: 3 }] }
const exposed = { counters: [visits], gauges: [doors, waiting] }

test('counters and gauges are exposed as text, with labels in the declared order', async () => {
  const counters = createCounters()
  counters.count(visits, { page: 'help', outcome: 'read' })
  counters.count(visits, { page: 'help', outcome: 'read' })
  counters.count(visits, { page: 'help', outcome: 'left' })
  const { type, body } = await createExposition(counters, exposed)()
  assert.match(type, /^text\/plain; version=0\.0\.4/)
  const lines = body.split('\n')
  for (const line of [
    '# HELP visits_total Visits.',
    'visits_total{page="help",outcome="read"} 2',
    'visits_total{page="help",outcome="left"} 1',
    'doors_open{floor="1"} 1',
    'doors_open{floor="2"} 0',
    'waiting 3',
  ]) {
    assert.ok(lines.includes(line), `${line} in ${body}`)
  }
  assert.match(body, /^process_resident_memory_bytes \d+$/m)
})

test('a second scrape does not count twice, and two expositions are independent', async () => {
  const counters = createCounters()
  counters.count(visits, { page: 'start', outcome: 'read' })
  const expose = createExposition(counters, exposed)
  await Promise.all([expose(), createExposition(createCounters(), exposed)()])
  assert.match((await expose()).body, /visits_total\{page="start",outcome="read"\} 1$/m)
})
