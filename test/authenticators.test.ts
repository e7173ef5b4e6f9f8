import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accountCommand } from '#cli/account.ts'
import { countSignIns } from '#features/administration/metrics/count-sign-ins.ts'
import { exposeMetrics } from '#features/administration/metrics/expose-metrics.ts'
import type { AuthenticatorKind } from '#features/session/index.ts'
import { type Authenticator, authenticators } from '#features/sign-in/authenticators.ts'
import { finishSignIn } from '#features/sign-in/finish-sign-in.ts'
import { waysOfAccount } from '#features/sign-in/ways/offer-ways.ts'
import { mayRemove } from '#features/sign-in/ways/ways-left.ts'
import { messages } from '#i18n/translator.ts'
import type { AccountId } from '#kernel/id.ts'
import { createCounters } from '#metrics/index.ts'
import { startApp, type TestApp } from './support/app.ts'
import { signUp, whoIs } from './support/people.ts'

const kind = 'signet-ring' as AuthenticatorKind

/** A made-up authenticator. This row is all that the product knows about it. */
const signetRing: Authenticator = {
  kind,
  order: 1.5,
  path: '/sign-in/signet-ring',
  opensAlone: true,
  ofAccount: async () => [{ state: 'works', dependsOn: ['ring'] }],
  words: messages({
    de: { name: 'Siegelring', button: 'Mit Siegelring anmelden' },
    en: { name: 'Signet ring', button: 'Sign in with a signet ring' },
  }),
  guide: {
    path: '/sign-in/signet-ring',
    words: messages({
      de: { title: 'Mit dem Siegelring', button: 'Zum Siegeln', melt: 'Bringen Sie Wachs zum Schmelzen.' },
      en: { title: 'With the signet ring', button: 'Seal', melt: 'Melt some wax.' },
    }),
    steps: ['melt'],
  },
}
const table = [...authenticators, signetRing]

let app: TestApp
let accountId: AccountId
let browser: ReturnType<TestApp['browser']>

before(async () => {
  app = await startApp({ engine: 'sqlite', authenticators: table })
  browser = app.browser()
  await signUp(app, browser, 'anna@example.org')
  accountId = (await whoIs(app, browser))?.subject as AccountId
})
after(() => app.close())

const bodyOf = async (path: string, visitor = app.browser()) => (await visitor.open(app.url + path)).body

test('a row in the table puts an authenticator on the sign-in page', async () => {
  assert.match(await bodyOf('/sign-in'), /href="\/sign-in\/signet-ring[^"]*"[^>]*>Mit Siegelring anmelden/)
})

test('… and on the help page, with its steps', async () => {
  const body = await bodyOf('/help/sign-in')
  for (const words of ['Mit dem Siegelring', 'Bringen Sie Wachs zum Schmelzen.', 'Zum Siegeln']) {
    assert.ok(body.includes(words), words)
  }
})

test('… and on the profile’s card, where it is counted as a way in', async () => {
  const body = await bodyOf('/profile', browser)
  assert.match(body, /Siegelring/)
  assert.match(body, /Drei unabhängige Wege führen in Ihr Profil/)
})

test('… and on the step-up page', async () => {
  assert.match(await bodyOf('/profile/confirm?continue=%2Fprofile', browser), />Mit Siegelring anmelden</)
})

test('… and counts as a remaining way when another one is removed', async () => {
  const mayRemovePassword = async (authenticators: readonly Authenticator[]) => {
    const deps = { authenticators, health: app.health, providerClient: { origin: () => '' } }
    return mayRemove(await waysOfAccount(deps, app.database.read, accountId), (way) => way.kind === 'password')
  }
  assert.equal(await mayRemovePassword(authenticators), false)
  assert.equal(await mayRemovePassword(table), true)
})

test('… and in the command line', async () => {
  const { database, secretFile } = app.foundation.config
  Object.assign(process.env, { EINLASS_DATABASE: database, EINLASS_SECRET_FILE: secretFile, EINLASS_URL: app.url })
  const printed: string[] = []
  const print = console.log
  console.log = (text: string) => printed.push(text)
  try {
    await accountCommand(table)(['show', 'anna@example.org', '--json'])
  } finally {
    console.log = print
  }
  assert.deepEqual(JSON.parse(printed.join('')).ways.at(-1), { authenticator: kind, state: 'works' })
})

test('… and as a label of the metrics after a sign-in with it', async () => {
  const counters = createCounters()
  const { clock, database } = app
  const proof = { authenticator: kind, accountId, amr: ['hwk'], provenAt: clock.now(), userVerified: true } as const
  const deps = { ...app.foundation, publicUrl: app.url, wake: () => {}, authenticators: table }
  const goal = { browser: { device: '', clientNetwork: '203.0.113.0/24' }, continueTo: '/portals' }
  const finished = await countSignIns(
    database.inTransaction,
    counters,
  )((stores) => finishSignIn(deps, stores, proof, goal))
  assert.equal(finished.next, 'signed-in')
  const { body } = await exposeMetrics({ counters, health: app.health, read: database.read })()
  assert.match(body, /einlass_sign_in_attempts_total\{[^}]*authenticator="signet-ring"\} 1/)
})
