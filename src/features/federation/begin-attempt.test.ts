import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, test } from 'node:test'
import { type Database, migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { auditStore } from '#features/audit/index.ts'
import { createProviderClient, providerStore } from '#features/provider/index.ts'
import type { NewObservation } from '#features/provider-health/index.ts'
import { throttleStore } from '#features/throttle/index.ts'
import { systemClock } from '#kernel/clock.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import type { Timers } from '#kernel/timers.ts'
import { attemptStore } from './attempt.store.ts'
import { beginAttempt } from './begin-attempt.ts'

const bind = (db: Queryable) => ({
  attempts: attemptStore(db),
  audit: auditStore(db),
  providers: providerStore(db),
  throttle: throttleStore(db),
})
const secrets = createSecrets([Buffer.alloc(32, 1)], systemRandom)

let database: Database<ReturnType<typeof bind>>
let server: Server | undefined

beforeEach(async () => {
  const connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  database = withStores(connection, bind)
})
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  await database.close()
})

/** Starts a network that answers every request like this. */
async function networkThat(answers: RequestListener): Promise<void> {
  const listening = createServer(answers)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  const endpoints = { authorization: `${origin}/a`, token: `${origin}/t`, user: `${origin}/u` }
  await database.inTransaction(({ providers }) =>
    providers.insert({
      ...{ id: 'x', kind: 'oauth2', name: 'X', logo: 'x', issuer: origin, clientId: 'client', enabled: true },
      ...{ clientSecret: secrets.encrypt('provider-secret', 's'), createdAt: 0, secretExpiresAt: null },
      settings: { scopes: [], trust: { kind: 'never' }, endpoints, mapping: { subject: 'id', name: 'name' } },
    }),
  )
}

/** Begins an attempt of a browser whose own check could not reach the network. */
function begin(timers: Timers) {
  const observed: NewObservation[] = []
  const begun = beginAttempt(
    {
      ...{ clock: systemClock, random: systemRandom, secrets, timers },
      ...{ read: database.read, inTransaction: database.inTransaction, publicUrl: 'http://localhost' },
      providerClient: createProviderClient({ clock: systemClock, secrets, outboundRanges: ['127.0.0.0/8'] }),
      health: { observe: (seen) => void observed.push(seen), health: () => new Map(), breakerFor: () => undefined },
      onProviderError: () => {},
    },
    {
      ...{ providerId: 'x', purpose: 'sign-in', browserHash: 'b', continueTo: '/', clientNetwork: 'n', locale: 'de' },
      browserCheck: 'unreachable',
    },
  )
  return { begun, observed }
}

const failureOf = async ({ begun }: ReturnType<typeof begin>) => {
  const outcome = await begun
  return outcome.next === 'failed' ? outcome.failed.failure : outcome.next
}

test('if our server does not reach the network either before the timer fires, the failure is `slow`', async () => {
  const asked = Promise.withResolvers<void>()
  const rings = Promise.withResolvers<() => void>()
  await networkThat(() => asked.resolve())
  const after: Timers['after'] = (milliseconds, work) => {
    assert.equal(milliseconds, 400)
    rings.resolve(work)
    return () => {}
  }
  const attempt = begin({ after })
  await asked.promise
  ;(await rings.promise)()
  assert.equal(await failureOf(attempt), 'slow')
  assert.ok(attempt.observed.some(({ step, reason }) => step === 'browser' && reason === 'unreachable-here'))
})

test('if the network answers our server, only the browser cannot reach it, and the timer is cancelled', async () => {
  await networkThat((_request, response) => response.writeHead(400).end('{}'))
  const cancelled: number[] = []
  const attempt = begin({ after: (milliseconds) => () => void cancelled.push(milliseconds) })
  assert.equal(await failureOf(attempt), 'unreachable-here')
  assert.deepEqual(cancelled, [400])
})
