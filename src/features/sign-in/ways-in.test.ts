import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Health } from '#features/provider-health/index.ts'
import type { Means, Way } from './way.ts'
import { independentWays, type Situation, waysIn } from './ways-in.ts'

const google = { id: 'google', name: 'Google', logo: 'google' }
const x = { id: 'x', name: 'X', logo: 'x' }
const built: readonly Means[] = ['password', 'network', 'mailed-link']

function situation(given: Partial<Situation> = {}): Situation {
  return { networks: [google, x], health: new Map(), offered: built, ...given }
}

const names = (ways: readonly Way[]) => ways.map((way) => way.network?.id ?? way.means)
const stateOf = (ways: readonly Way[], name: string) =>
  ways.find((way) => (way.network?.id ?? way.means) === name)?.state

test('a visitor of whom nothing is known is offered everything that is built, password first', () => {
  assert.deepEqual(names(waysIn(situation())), ['password', 'google', 'x', 'mailed-link'])
})

test('what is not built is offered nowhere, and takes its place when it is', () => {
  const ways = waysIn(situation({ offered: [...built, 'passkey', 'qr', 'sms-code', 'recovery-code'] }))
  assert.deepEqual(names(ways), [
    'password',
    'passkey',
    'qr',
    'google',
    'x',
    'sms-code',
    'mailed-link',
    'recovery-code',
  ])
  assert.equal(
    waysIn(situation()).some((way) => way.means === 'passkey'),
    false,
  )
})

test('the way used last in this browser comes first among those that work', () => {
  const ways = waysIn(situation({ lastWay: 'network:x' }))
  assert.equal(names(ways)[0], 'x')
  assert.equal(ways[0]?.usedLast, true)
})

test('a network in trouble moves below those that work, one that is down below it, with reason and since', () => {
  const health = new Map<string, Health>([
    ['google', { state: 'down', reason: 'network-unreachable', since: 5 }],
    ['x', { state: 'troubled', reason: 'network-slow' }],
  ])
  const ways = waysIn(situation({ health, lastWay: 'network:google' }))
  assert.deepEqual(names(ways), ['password', 'mailed-link', 'x', 'google'])
  assert.deepEqual(ways.at(-1), {
    means: 'network',
    network: google,
    state: 'down',
    reason: 'network-unreachable',
    since: 5,
    usedLast: true,
  })
})

test('what just failed comes last, whatever is known of it, and stays choosable', () => {
  const ways = waysIn(situation({ failed: { networkId: 'google', reason: 'network-slow' }, lastWay: 'network:google' }))
  assert.equal(names(ways).at(-1), 'google')
  assert.equal(ways.at(-1)?.state, 'troubled')
  assert.equal(ways.at(-1)?.reason, 'just-failed')
})

test('for an account only what it has is offered; a missing password is named, other missing ways are not', () => {
  const account = { password: 'not-set', networkIds: ['x'], email: false } as const
  const ways = waysIn(situation({ account }))
  assert.deepEqual(names(ways), ['x', 'password'])
  assert.equal(stateOf(ways, 'password'), 'not-set-up')
  assert.equal(independentWays(ways), 1)
})

test('a disabled password is locked and no way in until it is set anew', () => {
  const account = { password: 'disabled', networkIds: [], email: true } as const
  const ways = waysIn(situation({ account }))
  assert.equal(stateOf(ways, 'password'), 'locked')
  assert.equal(independentWays(ways), 1)
})

test('whatever the situation, nothing is offered twice and what works is never below what does not', () => {
  const health = fc.constantFrom<Health>({ state: 'troubled' }, { state: 'down' })
  const situations = fc.record({
    google: health,
    x: health,
    lastWay: fc.constantFrom(undefined, 'password', 'network:google', 'network:x'),
    failed: fc.constantFrom(undefined, 'google', 'x'),
  })
  fc.assert(
    fc.property(situations, (given) => {
      const ways = waysIn(
        situation({
          health: new Map([
            ['google', given.google],
            ['x', given.x],
          ]),
          lastWay: given.lastWay,
          failed: given.failed && { networkId: given.failed, reason: 'network-error' },
        }),
      )
      assert.equal(new Set(names(ways)).size, 4)
      const firstInTrouble = ways.findIndex((way) => way.state !== 'works')
      assert.equal(firstInTrouble === -1 || ways.slice(firstInTrouble).every((way) => way.state !== 'works'), true)
    }),
  )
})
