import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { passwordChangedEmail } from '#features/recovery/mails/password-changed.email.tsx'
import { type ReceivedMail, startMailServer } from '../support/mail-server.ts'
import { killableServer } from './killed-server.ts'
import { NoAnswer, Person } from './person.ts'

const kills = 100
const peopleAtOnce = 4
/** The server is killed after at most this many answers. A sign-up or a recovery takes about ten per person. */
const maxAnswers = 60
/** The kill comes at most this many milliseconds after the last answer, to hit the middle of the next step. */
const maxDelay = 15

/** A seeded random number generator (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, 'localhost', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Keeps going until the server is gone. */
async function live(person: Person, seed: string): Promise<void> {
  try {
    for (let step = 0; !person.isDone; step++) await person.goOn(`${seed} ${step}`)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits for this many answers, or until all persons have stopped. */
async function answered(count: number, lives: Promise<unknown>): Promise<void> {
  let over = false
  const end = () => {
    over = true
  }
  lives.then(end, end)
  while (Person.answers < count && !over) await pause(1)
}

const differentIds = (mails: readonly ReceivedMail[]) => new Set(mails.map((mail) => mail.parsed.messageId)).size

test('F1, F2: after kill -9 at any moment, each step is either complete or has not happened, and nobody is stuck', async (context) => {
  const seed = Number(process.env.KILL_SEED ?? process.pid)
  context.diagnostic(`KILL_SEED=${seed}`)
  const chance = seeded(seed)
  const folder = mkdtempSync(join(tmpdir(), 'einlass-kill-'))
  const mail = await startMailServer()
  const server = killableServer(folder, await freePort(), mail.url)
  const counts = { done: 0, 'not done': 0, certain: 0 }
  let everybody = 0
  let acknowledged = 0
  const another = () => new Person(server.url, ++everybody, () => mail.received)
  let people = Array.from({ length: peopleAtOnce }, another)
  try {
    for (let round = 1; round <= kills; round++) {
      await server.start()
      for (const person of people) counts[await person.findOut()] += 1
      acknowledged += people.filter((person) => person.isDone).reduce((sum, person) => sum + person.acknowledged, 0)
      people = people.map((person) => (person.isDone ? another() : person))
      const lives = Promise.all(people.map((person) => live(person, `${round}`)))
      await answered(Person.answers + chance(maxAnswers), lives)
      await pause(chance(maxDelay))
      await server.kill()
      await lives
    }
    await server.start()
    for (const person of people) await person.findOut()
    acknowledged += people.reduce((sum, person) => sum + person.acknowledged, 0)
    context.diagnostic(`${kills} kills, ${acknowledged} steps; left open: ${JSON.stringify(counts)}`)

    assert.ok(acknowledged > 0)
    const database = new DatabaseSync(join(folder, 'einlass.db'), { readOnly: true })
    const count = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0])
    assert.deepEqual({ ...database.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' })
    const half = `select count(*) from account a where not exists (select 1 from password p where p.account_id = a.id)
      or not exists (select 1 from identifier i where i.account_id = a.id and i.proved_at is not null)`
    assert.equal(count(half), 0, 'no half account')
    assert.equal(count('select count(*) from identifier where account_id not in (select id from account)'), 0)
    assert.equal(count(`select count(*) from mailed_link where consumed_at is not null`), acknowledged)

    const changes = count(`select count(*) from audit where event = 'password.changed'`)
    const { subject } = passwordChangedEmail({ locale: 'de', link: server.url, at: 0 })
    const notices = () => mail.received.filter((each) => each.parsed.subject === subject)
    while (count(`select count(*) from outbox where state = 'queued'`) > 0) await fetch(`${server.url}/health/live`)
    assert.equal(differentIds(notices()), changes, 'one notice for each change, on every try with the same Message-ID')
    database.close()
  } finally {
    await server.kill()
    await mail.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
