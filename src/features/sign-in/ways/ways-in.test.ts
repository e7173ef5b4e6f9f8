import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Health } from '#features/provider-health/index.ts'
import type { AuthenticatorKind, UsedWay } from '#features/session/index.ts'
import { type AccountWay, type Authenticator, authenticators } from '../authenticators.ts'
import { wayOf } from '../testing/ways.ts'
import type { Way } from './way.ts'
import { type Situation, waysIn } from './ways-in.ts'
import { independentWays } from './ways-left.ts'

const google = { id: 'google', name: 'Google', logo: 'google' }
const x = { id: 'x', name: 'X', logo: 'x' }

function situation(given: Partial<Situation> = {}): Situation {
  return { authenticators, networks: [google, x], health: new Map(), ...given }
}

const account = (ways: Partial<Record<AuthenticatorKind, readonly AccountWay[]>>) =>
  new Map(Object.entries(ways) as [AuthenticatorKind, readonly AccountWay[]][])
const throughX: AccountWay = { state: 'works', providerId: 'x', dependsOn: ['provider:x'] }
const mail: AccountWay = { state: 'works', dependsOn: ['mailbox:anna@example.org'] }
/** A row for a made-up kind. */
const madeUp = (kind: string, order: number): Authenticator => ({
  kind: kind as AuthenticatorKind,
  order,
  path: `/sign-in/${kind}`,
  opensAlone: true,
  ofAccount: async () => [],
  words: wayOf('password').words,
})

const names = (ways: readonly Way[]) => ways.map((way) => way.network?.id ?? way.kind)
const stateOf = (ways: readonly Way[], name: string) =>
  ways.find((way) => (way.network?.id ?? way.kind) === name)?.state

test('an unknown visitor is offered every authenticator, password first', () => {
  assert.deepEqual(names(waysIn(situation())), ['password', 'google', 'x', 'mailed-link'])
})

test('an authenticator is placed by the order of its row', () => {
  const more = [madeUp('passkey', 1.1), madeUp('qr', 1.2), madeUp('sms-code', 2.1), madeUp('recovery-code', 3.1)]
  const ways = waysIn(situation({ authenticators: [...more, ...authenticators] }))
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
})

test('the way used last in this browser comes first among those that work', () => {
  const ways = waysIn(situation({ lastWay: { kind: 'network', providerId: 'x' } }))
  assert.equal(names(ways)[0], 'x')
  assert.equal(ways[0]?.usedLast, true)
})

test('networks in trouble follow those that work, and those that are down come after them, with reason and start', () => {
  const health = new Map<string, Health>([
    ['google', { state: 'down', reason: 'network-unreachable', since: 5 }],
    ['x', { state: 'troubled', reason: 'network-slow' }],
  ])
  const ways = waysIn(situation({ health, lastWay: { kind: 'network', providerId: 'google' } }))
  assert.deepEqual(names(ways), ['password', 'mailed-link', 'x', 'google'])
  const why = { state: 'down', reason: 'network-unreachable', since: 5 } as const
  assert.deepEqual(
    ways.at(-1),
    wayOf('network', { ...why, network: google, usedLast: true, dependsOn: ['provider:google'] }),
  )
})

test('the network that just failed comes last, whatever its health, and stays choosable', () => {
  const ways = waysIn(
    situation({
      failed: { networkId: 'google', reason: 'just-failed' },
      lastWay: { kind: 'network', providerId: 'google' },
    }),
  )
  assert.equal(names(ways).at(-1), 'google')
  assert.equal(ways.at(-1)?.state, 'troubled')
  assert.equal(ways.at(-1)?.reason, 'just-failed')
})

test('an account is offered only its own ways; a missing password is listed, other missing ways are not', () => {
  const password: AccountWay = { state: 'not-set-up', reason: 'no-password-set', dependsOn: [] }
  const ways = waysIn(situation({ account: account({ password: [password], network: [throughX] }) }))
  assert.deepEqual(names(ways), ['x', 'password'])
  assert.equal(stateOf(ways, 'password'), 'not-set-up')
  assert.equal(independentWays(ways), 1)
})

test('a disabled password is locked and no way in until a new one is set', () => {
  const password: AccountWay = { state: 'locked', reason: 'password-disabled', dependsOn: [] }
  const ways = waysIn(situation({ account: account({ password: [password], network: [], 'mailed-link': [mail] }) }))
  assert.equal(stateOf(ways, 'password'), 'locked')
  assert.equal(independentWays(ways), 1)
})

test('in every situation, nothing is offered twice and working ways come before failing ones', () => {
  const health = fc.constantFrom<Health>({ state: 'troubled' }, { state: 'down' })
  const situations = fc.record({
    google: health,
    x: health,
    lastWay: fc.constantFrom<UsedWay | undefined>(
      undefined,
      { kind: 'password' },
      { kind: 'network', providerId: 'google' },
      { kind: 'network', providerId: 'x' },
    ),
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
          failed: given.failed && { networkId: given.failed, reason: 'just-failed' },
        }),
      )
      assert.equal(new Set(names(ways)).size, 4)
      const firstInTrouble = ways.findIndex((way) => way.state !== 'works')
      assert.equal(firstInTrouble === -1 || ways.slice(firstInTrouble).every((way) => way.state !== 'works'), true)
    }),
  )
})
