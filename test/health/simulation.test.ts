import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyVotes, nothingKnown } from '#features/provider-health/apply-votes.ts'
import { votesOf } from '#features/provider-health/evidence.ts'
import { day, hour, minute, second } from '#kernel/duration.ts'
import { begins, dailyRhythm, during, ends, playedFor, type Scenario, seeded, simulate } from './simulation.ts'

const one = () => 1
/** Unreachable for our server and every browser. */
const outage = { contactFails: 1, isBlocked: () => true }
const seldom = () => 1 / 120

async function play(scenario: Omit<Scenario, 'lasts'> & { readonly lasts?: number }, seed?: number) {
  const played = await simulate({ lasts: playedFor, ...scenario }, seed)
  const found = played.turns.find(({ change }) => change !== 'ended')
  const over = played.turns.findLast(({ change }) => change === 'ended')
  return { ...played, found, over }
}

const since = (turn: { readonly at: number } | undefined, from: number) =>
  turn ? (turn.at - from) / second : Number.POSITIVE_INFINITY

for (const seed of [1, 2, 3]) {
  test(`a total outage is detected within 60 s at one attempt a second, and its end within 60 s (${seed})`, async (t) => {
    const { found, over } = await play({ name: 'outage', rate: one, weather: during(outage) }, seed)
    assert.equal(found?.incident.state, 'down')
    assert.ok(since(found, begins) <= 60)
    assert.ok(since(over, ends) >= 0 && since(over, ends) <= 60)
    t.diagnostic(`found after ${since(found, begins)} s, over after ${since(over, ends)} s`)
  })

  test(`a failing token endpoint is detected within 60 s, and its end within 60 s (${seed})`, async (t) => {
    const { found, over, skipped } = await play({ name: 'tokens', rate: one, weather: during({ tokenFails: 1 }) }, seed)
    assert.ok(since(found, begins) <= 60)
    assert.ok(since(over, ends) >= 0 && since(over, ends) <= 60)
    assert.ok(skipped > 0, 'nobody was skipped')
    t.diagnostic(`found after ${since(found, begins)} s, over after ${since(over, ends)} s, ${skipped} skipped`)
  })

  test(`a total outage is detected within five failed attempts at a low rate (${seed})`, async (t) => {
    const { found, over } = await play({ name: 'seldom', rate: seldom, weather: during(outage) }, seed)
    assert.ok(found, 'not found')
    assert.ok(found.failedBefore <= 5)
    assert.ok(since(over, ends) >= 0 && since(over, ends) <= 60)
    t.diagnostic(`found after ${since(found, begins)} s and ${found.failedBefore} failed attempts`)
  })

  test(`a failing token endpoint is detected within five failed attempts at a low rate (${seed})`, async () => {
    const weather: Scenario['weather'] = (at) => (at >= begins ? { tokenFails: 1 } : {})
    const { found } = await play({ name: 'seldom tokens', rate: seldom, weather, lasts: 2 * hour }, seed)
    assert.ok(found, 'not found')
    assert.ok(found.failedBefore <= 5)
  })
}

test('if one attempt in five fails, the network is troubled but never down, until it recovers', async (t) => {
  const weather: Scenario['weather'] = (at) => (at >= begins && at < 70 * minute ? { tokenFails: 0.2 } : {})
  const { turns, found, over } = await play({ name: '20 %', rate: one, weather, lasts: 80 * minute })
  assert.equal(found?.incident.state, 'troubled')
  assert.deepEqual(
    turns.map(({ change }) => change),
    ['began', 'ended'],
  )
  assert.ok(since(found, begins) <= 600)
  // One failure in a hundred is ordinary, and restarts the wait for a run of successes.
  assert.ok(since(over, 70 * minute) >= 0 && since(over, 70 * minute) <= 180)
  t.diagnostic(`found after ${since(found, begins)} s, over after ${since(over, 70 * minute)} s`)
})

test('a slow network is troubled but not down, and no attempt is skipped', async () => {
  const { turns, found, skipped } = await play({ name: 'slow', rate: one, weather: during({ tokenTakes: 3 * second }) })
  assert.equal(found?.incident.reason, 'slow')
  assert.ok(since(found, begins) <= 60)
  assert.ok(turns.every(({ incident }) => incident.state === 'troubled'))
  assert.equal(skipped, 0)
})

test('if one country is cut off, its client networks are detected and everybody else is unaffected', async (t) => {
  const cutOff = (clientNetwork: string) => Number(clientNetwork.split('.')[2]) < 10
  const { turns, here, failedHereBefore } = await play({
    name: 'country',
    rate: one,
    weather: during({ isBlocked: cutOff }),
    clientNetworks: 60,
  })
  assert.deepEqual(turns, [])
  const found = new Set(here.map(({ clientNetwork }) => clientNetwork))
  assert.equal(found.size, 10)
  assert.ok([...found].every(cutOff))
  t.diagnostic(`failed attempts of each client network before: ${[...failedHereBefore.values()].join(', ')}`)
  assert.ok([...failedHereBefore.values()].every((failed) => failed <= 10))
})

test('if no browser gets through and none reports it, the outage is detected from abandoned attempts', async (t) => {
  const weather = during({ isBlocked: () => true })
  const { found } = await play({ name: 'without script', rate: one, weather, withScript: 0 })
  assert.equal(found?.incident.reason, 'not-returned')
  assert.equal(found.incident.state, 'troubled')
  t.diagnostic(`found after ${since(found, begins)} s`)
})

test('people who cancel or walk away, however many, are not an outage', async () => {
  const calm = () => ({})
  const lasts = 2 * hour
  const walking = await play({ name: 'walking away', rate: one, weather: calm, lasts, walksAway: 0.3, cancels: 0.4 })
  assert.deepEqual([...walking.turns, ...walking.here], [])
})

test('busy and quiet hours cause no false alarm', async () => {
  const { turns, here, attempts } = await play({ name: 'day', rate: dailyRhythm, weather: () => ({}), lasts: 8 * hour })
  assert.ok(attempts > 10_000)
  assert.deepEqual([...turns, ...here], [])
})

test('fewer than one false alarm a month, at one attempt a second and at one a minute', (t) => {
  const chance = seeded(7)
  for (const pause of [1, 60]) {
    let alarms = 0
    let known = nothingKnown
    for (let at = 0; at < 30 * day; at += pause * second) {
      const outcome = chance() < 0.02 ? 'failed' : 'good'
      const before = known.incident
      known = applyVotes(known, votesOf([{ step: 'token', outcome, reason: null, at }]), 'everybody')
      if (known.incident && !before) alarms += 1
    }
    t.diagnostic(`one attempt in ${pause} s, two in a hundred fail: ${alarms} in a month`)
    assert.equal(alarms, 0)
  }
})
