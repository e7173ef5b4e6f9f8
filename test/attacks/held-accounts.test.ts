import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { disableAccount } from '#features/administration/index.ts'
import type { Attempt } from '#features/federation/index.ts'
import { linkNetwork } from '#features/network-link/link-network.ts'
import { setNewPassword } from '#features/recovery/set-new-password.ts'
import { authenticators } from '#features/sign-in/authenticators.ts'
import { finishSignIn } from '#features/sign-in/index.ts'
import { signInWithNetwork } from '#features/sign-in/sign-in-with-network.ts'
import { completeSignUp } from '#features/sign-up/complete-sign-up.ts'
import type { AccountId } from '#kernel/id.ts'
import type { TestApp } from '../support/app.ts'
import { issueToken } from '../support/mailed-links.ts'
import { newPerson, type TestNetworks } from '../support/networks.ts'
import { askForLink, goodPassword, newGmail, setPassword, whoIs } from '../support/people.ts'
import { startWorld, type World } from '../support/world.ts'

type InTransaction = TestApp['database']['inTransaction']
type Stores = Parameters<Parameters<InTransaction>[0]>[0]

/** Transactions in which one store method waits until it is released. */
function pausedBefore<Name extends keyof Stores>(inTransaction: InTransaction, name: Name, method: keyof Stores[Name]) {
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const slow: InTransaction = (work) =>
    inTransaction((stores) => {
      const call = stores[name][method] as (...parameters: unknown[]) => Promise<unknown>
      const late = async (...parameters: unknown[]) => {
        reached.resolve()
        await gate.promise
        return call(...parameters)
      }
      return work({ ...stores, [name]: { ...stores[name], [method]: late } })
    })
  return { inTransaction: slow, reached: reached.promise, goOn: gate.resolve }
}

// Two concurrent transactions. SQLite runs them one after the other.
describe('postgres', () => {
  let world: World
  let app: TestApp
  let networks: TestNetworks
  const deps = () => ({
    ...app.foundation,
    read: app.database.read,
    publicUrl: app.url,
    wake: () => {},
    authenticators,
  })
  const browser = { device: '', clientNetwork: '203.0.113.0/24' }

  before(async () => {
    world = await startWorld({ engine: 'postgres' })
    ;({ app, networks } = world)
  })
  after(() => world.close())

  /** Waits until the work is done or blocked by another transaction's lock. */
  async function overOrWaiting(work: Promise<unknown>): Promise<void> {
    let isOver = false
    const over = work.finally(() => {
      isOver = true
    })
    over.catch(() => {})
    while (!isOver && !(await anyoneWaits())) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  async function anyoneWaits(): Promise<boolean> {
    const locks = app.foundation.connection.reader() as unknown as {
      selectFrom: (table: 'pg_locks') => {
        select: (column: 'pid') => {
          where: (column: 'granted', is: '=', value: false) => { execute: () => Promise<unknown[]> }
        }
      }
    }
    return (await locks.selectFrom('pg_locks').select('pid').where('granted', '=', false).execute()).length > 0
  }
  /** A profile that an attacker created with the owner's address. */
  async function claimed() {
    const email = newGmail()
    const person = newPerson({ email })
    const theirs = app.browser()
    await networks.signIn(theirs, 'sim-google', person)
    const subject = (await whoIs(app, theirs))?.subject as AccountId
    const owner = app.browser()
    const link = await askForLink(app, owner, '/recover', email)
    return { email, person, theirs, subject, recover: () => setPassword(owner, link) }
  }
  const sessionsOf = (subject: AccountId) => app.database.read.sessions.listOfAccount(subject, app.clock.now())
  const provider = async () => {
    const found = await app.database.read.providers.find('sim-google')
    assert.ok(found)
    return found
  }
  const attemptOf = (sessionId: Attempt['sessionId']): Attempt => ({
    stateHash: 'state',
    providerId: 'sim-google',
    browserHash: 'browser',
    purpose: sessionId ? 'link' : 'sign-in',
    sessionId,
    continueTo: '/profile',
    clientNetwork: browser.clientNetwork,
    checks: '',
    reference: 'K7QF-3M2P',
    createdAt: app.clock.now(),
    expiresAt: app.clock.now() + 1_000,
    consumedAt: app.clock.now(),
    outcome: null,
    code: null,
  })

  test('SES-3: a session that starts while the account is being disabled ends with the others', async () => {
    const { subject } = await claimed()
    const slow = pausedBefore(app.database.inTransaction, 'sessions', 'insert')
    const proof = {
      authenticator: 'network',
      accountId: subject,
      amr: ['fed'],
      provenAt: 0,
      userVerified: false,
    } as const
    const starting = slow.inTransaction((stores) =>
      finishSignIn(deps(), stores, proof, { browser, continueTo: '/profile' }),
    )
    await slow.reached
    const disabling = disableAccount({ ...deps(), inTransaction: app.database.inTransaction }, subject)
    await overOrWaiting(disabling)
    slow.goOn()
    await Promise.all([starting, disabling])
    assert.deepEqual(await sessionsOf(subject), [])
  })

  test('PRE-3: a session that starts through a network during the recovery ends with the others', async () => {
    const { person, subject, recover } = await claimed()
    const slow = pausedBefore(app.database.inTransaction, 'federatedIdentifiers', 'touch')
    const signingIn = signInWithNetwork(
      { ...deps(), inTransaction: slow.inTransaction },
      {
        attempt: attemptOf(null),
        provider: await provider(),
        identity: { providerId: 'sim-google', subject: person.subject, name: '', address: undefined },
        browser,
        locale: 'de',
      },
    )
    await slow.reached
    const recovering = recover()
    await overOrWaiting(recovering)
    slow.goOn()
    await Promise.all([signingIn, recovering])
    assert.deepEqual(await sessionsOf(subject), [])
  })

  test('PRE-3: a network linked during the recovery is quarantined with the others', async () => {
    const { subject, recover } = await claimed()
    const [session] = await sessionsOf(subject)
    assert.ok(session)
    const slow = pausedBefore(app.database.inTransaction, 'federatedIdentifiers', 'insertIfFree')
    const identity = { providerId: 'sim-x', subject: 'another', name: '', address: undefined }
    const linking = linkNetwork(
      { ...deps(), inTransaction: slow.inTransaction },
      { attempt: attemptOf(session.id), provider: await provider(), identity },
      session,
    )
    await slow.reached
    const recovering = recover()
    await overOrWaiting(recovering)
    slow.goOn()
    await Promise.all([linking, recovering])
    const linked = await app.database.read.federatedIdentifiers.listOfAccount(subject)
    assert.deepEqual(
      linked.filter(({ quarantinedAt }) => quarantinedAt === null),
      [],
    )
  })

  test('ECH-3: a recovery changes nothing once another account has proved the address', async () => {
    const { email, subject } = await claimed()
    const link = { email, supersedes: ['confirm-network'] } as const
    const recovery = await issueToken(app, { ...link, purpose: 'first-password', accountId: subject })
    const signUp = await issueToken(app, { ...link, purpose: 'sign-up', accountId: null })
    const slow = pausedBefore(app.database.inTransaction, 'identifiers', 'prove')
    const { hasher } = app
    const recovering = setNewPassword(
      { ...deps(), hasher, inTransaction: slow.inTransaction },
      { token: recovery, password: goodPassword, clientNetwork: browser.clientNetwork },
    )
    await slow.reached
    const signingUp = completeSignUp(
      { ...deps(), hasher, inTransaction: app.database.inTransaction },
      { token: signUp, name: 'Anna', password: goodPassword, locale: 'de', browser },
    )
    await overOrWaiting(signingUp)
    slow.goOn()
    await signingUp
    await assert.rejects(recovering, { code: 'recovery.link-not-valid' })
    assert.equal(await app.database.read.passwords.find(subject), undefined)
    assert.equal((await sessionsOf(subject)).length, 1)
  })

  test('PRE-3: a session that the recovery is about to end cannot link a network', async () => {
    const { subject, recover } = await claimed()
    const [session] = await sessionsOf(subject)
    assert.ok(session)
    const held = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const recovering = app.database.inTransaction(async (stores) => {
      await stores.accounts.lock(subject)
      held.resolve()
      await gate.promise
      await stores.federatedIdentifiers.quarantineOfAccount(subject, app.clock.now())
      await stores.sessions.deleteOfAccount(subject)
    })
    await held.promise
    const identity = { providerId: 'sim-x', subject: 'late', name: '', address: undefined }
    const linking = linkNetwork(
      { ...deps(), inTransaction: app.database.inTransaction },
      { attempt: attemptOf(session.id), provider: await provider(), identity },
      session,
    )
    await overOrWaiting(linking)
    gate.resolve()
    await recovering
    await assert.rejects(linking)
    assert.equal(await app.database.read.federatedIdentifiers.find('sim-x', 'late'), undefined)
    await recover()
  })
})
