import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { compose, type Einlass } from '#compose/index.ts'
import { openMailbox } from '#development/mailbox.ts'
import { hour, second } from '#kernel/duration.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { type Engine, onEachEngine } from '../support/engines.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

const rightPassword = 'vier ruhige boote am ufer'
const wrongPassword = 'drei ruhige boote am ufer'

/** Names of equal length, so that they cause no difference between the answers. */
const names = {
  existing: 'existing@example.org',
  unknown: 'unknown-@example.org',
  socialOnly: 'social--@example.org',
  locked: 'locked--@example.org',
  disabled: 'disabled@example.org',
  claimed: 'claimed-@example.org',
} as const
type Class = keyof typeof names
const classes = Object.keys(names) as Class[]

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string }

/** Calls of one request to the database and the hasher, in order. Per async context, since requests run concurrently. */
const notes = new AsyncLocalStorage<string[]>()

/** The app with a database and a hasher that record calls. */
class Watched {
  readonly storage: TestStorage
  readonly einlass: Einlass
  readonly #folder: string
  readonly #host: string

  private constructor(storage: TestStorage, einlass: Einlass, folder: string) {
    this.storage = storage
    this.einlass = einlass
    this.#folder = folder
    this.#host = storage.config.url.host
  }

  static async start(engine: Engine, disclosure: 'guided' | 'private'): Promise<Watched> {
    const storage = await openStorage(engine)
    const watch = <Stores extends object>(stores: Stores, noted = () => notes.getStore()): Stores =>
      new Proxy(stores, {
        get: (target, store) =>
          new Proxy(target[store as keyof Stores] as object, {
            get: (methods, method) => {
              const call = methods[method as keyof typeof methods] as (...args: unknown[]) => unknown
              return (...args: unknown[]) => {
                noted()?.push(`${String(store)}.${String(method)}`)
                return call(...args)
              }
            },
          }),
      })
    const { database } = storage
    const watched: typeof database = {
      ...database,
      read: watch(database.read),
      inTransaction: async (work) => {
        // With group commit, a transaction may run in the context of another request.
        const mine = notes.getStore()
        mine?.push('begin')
        const result = await database.inTransaction((stores) => work(watch(stores, () => mine)))
        mine?.push('commit')
        return result
      },
    }
    const folder = mkdtempSync(join(tmpdir(), 'einlass-enumeration-'))
    const mailbox = openMailbox(join(folder, 'mailbox.jsonl'), storage.clock)
    const config = { ...storage.config, disclosure, logLevel: 'silent' }
    const einlass = await compose({ ...storage, config, database: watched }, { transports: mailbox.transports })
    const { verify, hash } = einlass.hasher
    Object.assign(einlass.hasher, {
      verify: (...args: Parameters<typeof verify>) => {
        notes.getStore()?.push('verify')
        return verify(...args)
      },
      hash: (...args: Parameters<typeof hash>) => {
        notes.getStore()?.push('hash')
        return hash(...args)
      },
    } satisfies Partial<typeof einlass.hasher>)
    const one = new Watched(storage, einlass, folder)
    await one.#populate()
    return one
  }

  async #populate(): Promise<void> {
    const hash = await this.einlass.hasher.hash(rightPassword)
    const now = this.storage.clock.now()
    await this.storage.database.inTransaction(async (stores) => {
      for (const [name, email] of Object.entries(names)) {
        if (name === 'unknown') continue
        const accountId = newId<AccountId>(systemRandom)
        const bySocial = name === 'socialOnly' || name === 'claimed'
        await stores.accounts.insert({
          id: accountId,
          name,
          locale: 'de',
          createdAt: now,
          disabledAt: name === 'disabled' ? now : null,
        })
        await stores.identifiers.insert(
          {
            id: newId(systemRandom),
            accountId,
            kind: 'email',
            canonical: email,
            display: email,
            provedAt: name === 'claimed' ? null : now,
            primary: true,
          },
          now,
        )
        if (!bySocial) await stores.passwords.set(accountId, hash, now)
        if (name === 'locked') await stores.passwords.disable(accountId, now)
        if (bySocial) {
          const link = {
            providerId: 'net',
            subject: name,
            accountId,
            linkedAt: now,
            lastUsedAt: now,
            quarantinedAt: null,
          }
          await stores.federatedIdentifiers.insertIfFree(link)
        }
      }
    })
  }

  /** Posts a form like a browser without cookies. */
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<{ answer: Answer; asked: string[] }> {
    const headers = { host: this.#host, 'accept-language': 'de' }
    const page = await this.einlass.app.inject({ url: path, headers })
    const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const asked: string[] = []
    const {
      statusCode,
      headers: answered,
      body,
    } = await notes.run(
      asked,
      async () =>
        // `inject` only starts when it is awaited.
        await this.einlass.app.inject({
          method: 'POST',
          url: path,
          headers: {
            ...headers,
            cookie,
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
          },
          payload: new URLSearchParams({ csrf, ...fields }).toString(),
        }),
    )
    return { answer: { status: statusCode, headers: answered, body }, asked }
  }

  async open(path: string): Promise<Answer> {
    const headers = { host: this.#host, 'accept-language': 'de' }
    const { statusCode, headers: answered, body } = await this.einlass.app.inject({ url: path, headers })
    return { status: statusCode, headers: answered, body }
  }

  /** Waits for background work. */
  async settle(): Promise<void> {
    await this.einlass.outbox.drain()
    this.storage.clock.advance(3 * second)
    await this.einlass.outbox.drain()
  }

  async close(): Promise<void> {
    // Also closes the database.
    await this.einlass.close()
    rmSync(this.#folder, { recursive: true })
  }
}

/** An answer without random values, times and the submitted name. */
function plain({ status, headers, body }: Answer, name: string): unknown {
  const neutral = (text: string) =>
    text
      .replaceAll(name, 'NAME')
      .replaceAll(encodeURIComponent(name), 'NAME')
      .replaceAll(/(name="csrf" value=")[^"]+/g, '$1CSRF')
      .replaceAll(/(einlass-browser=)[^;]+/g, '$1TOKEN')
      .replaceAll(/(mail=)[\w-]{20}/g, '$1MAIL')
      .replaceAll(/<time[^>]*>[^<]*<\/time>/g, 'TIME')
  const { date: _, ...others } = headers
  return { status, headers: JSON.parse(neutral(JSON.stringify(others))), body: neutral(body) }
}

onEachEngine((engine) => {
  for (const disclosure of ['private', 'guided'] as const) {
    describe(`what a stranger learns of an address, ${disclosure}`, () => {
      let app: Watched

      before(async () => {
        app = await Watched.start(engine, disclosure)
      })
      // Refills the budgets.
      beforeEach(() => app.storage.clock.advance(3 * hour))
      after(() => app.close())

      /** In guided mode, sign-in intentionally answers differently for a profile without a password. */
      const alikeAtSignIn = classes.filter((each) => disclosure === 'private' || each !== 'socialOnly')

      const assertAlike = (answers: ReadonlyMap<Class, Answer>) => {
        const expected = plain(answers.get('unknown') as Answer, names.unknown)
        for (const [name, answer] of answers) assert.deepEqual(plain(answer, names[name]), expected, name)
      }

      test('ENU-1: sign-in gives identical answers for every name and failure', async () => {
        const answers = new Map<Class, Answer>()
        for (const name of alikeAtSignIn) {
          const fields = { identifier: names[name], password: wrongPassword }
          answers.set(name, (await app.post('/sign-in', fields)).answer)
        }
        assert.equal(answers.get('unknown')?.status, 401)
        assertAlike(answers)
      })

      test('ENU-1: even the correct password reveals nothing about a locked or disabled profile', async () => {
        const answers = new Map<Class, Answer>()
        for (const name of ['unknown', 'locked', 'disabled', 'claimed'] as const) {
          const fields = { identifier: names[name], password: rightPassword }
          answers.set(name, (await app.post('/sign-in', fields)).answer)
        }
        assertAlike(answers)
      })

      for (const path of ['/recover', '/sign-up'] as const) {
        test(`ENU-1: ${path} gives identical answers and delivery statuses for every address`, async () => {
          const answers = new Map<Class, Answer>()
          for (const name of classes) answers.set(name, (await app.post(path, { identifier: names[name] })).answer)
          assert.equal(answers.get('unknown')?.status, 303)
          assertAlike(answers)
          await app.settle()
          const sent = new Map<Class, Answer>()
          for (const [name, { headers }] of answers) sent.set(name, await app.open(String(headers.location)))
          assertAlike(sent)
          // A second request, as sent by the button on the page.
          const again = new Map<Class, Answer>()
          for (const name of classes) {
            again.set(name, (await app.post(path, { identifier: names[name], continue: '/profile' })).answer)
          }
          assertAlike(again)
          await app.settle()
        })
      }

      test('ENU-1: unknown phone numbers get the same answer as known ones', async () => {
        const numbers = { owned: '+49 171 2345678', unknown: '+49 171 2345679' }
        const owner = await app.storage.database.read.identifiers.findProved({
          kind: 'email',
          canonical: names.existing,
        })
        assert.ok(owner)
        const now = app.storage.clock.now()
        const phone = { ...owner, id: newId(systemRandom), kind: 'phone', primary: false } as const
        await app.storage.database.inTransaction(({ identifiers }) =>
          identifiers.insert({ ...phone, canonical: '+491712345678', display: numbers.owned }, now),
        )
        const fates: unknown[] = []
        for (const number of Object.values(numbers)) {
          const { answer } = await app.post('/recover', { identifier: number })
          assert.equal(answer.status, 303)
          await app.settle()
          const page = plain(await app.open(String(answer.headers.location)), number)
          fates.push(JSON.parse(JSON.stringify(page).replaceAll(/234567\d/g, 'DIGITS')))
        }
        assert.deepEqual(fates[0], fates[1])
      })

      test('ENU-1: the delivery status stays the same when the budget for strangers is exhausted', async () => {
        const { database, secrets, clock } = app.storage
        const key = secrets.keyed('counter', 'mail.strangers all')
        await database.inTransaction(({ throttle }) => throttle.take(key, clock.now(), 10 * hour, 0))
        const sent = new Map<Class, Answer>()
        for (const name of ['unknown', 'existing'] as const) {
          const { answer } = await app.post('/recover', { identifier: names[name] })
          await app.settle()
          sent.set(name, await app.open(String(answer.headers.location)))
        }
        assertAlike(sent)
        await database.inTransaction(({ throttle }) => throttle.delete(key))
      })

      test('ENU-2: sign-in does the same work for every name', async () => {
        const work = new Map<Class, readonly string[]>()
        for (const name of alikeAtSignIn) {
          work.set(name, (await app.post('/sign-in', { identifier: names[name], password: wrongPassword })).asked)
        }
        const expected = work.get('unknown') ?? []
        assert.equal(expected.filter((each) => each === 'verify').length, 1)
        assert.ok(!expected.includes('hash'))
        for (const [name, asked] of work) assert.deepEqual(asked, expected, name)
      })

      test('ENU-2: a correct password that gives no access does the same work as a wrong one', async () => {
        const of = async (name: Class, password: string) =>
          (await app.post('/sign-in', { identifier: names[name], password })).asked.map((each) =>
            each.replace('passwords.accept', 'passwords.fail'),
          )
        const expected = await of('unknown', wrongPassword)
        for (const name of ['locked', 'disabled'] as const)
          assert.deepEqual(await of(name, rightPassword), expected, name)
      })

      for (const path of ['/recover', '/sign-up'] as const) {
        test(`ENU-2: ${path} does the same work for every address, and sends nothing before the response`, async () => {
          const work = new Map<Class, readonly string[]>()
          for (const name of classes) {
            work.set(name, (await app.post(path, { identifier: names[name] })).asked)
            await app.settle()
          }
          const expected = work.get('unknown') ?? []
          assert.ok(expected.includes('outbox.insert'))
          for (const [name, asked] of work) assert.deepEqual(asked, expected, name)
        })
      }

      // Limits do not depend on the disclosure mode.
      if (disclosure === 'private') {
        test('ENU-3: limits apply at the same attempt, whether or not the name has an account', async () => {
          const tried = new Map<Class, string>()
          for (const name of ['existing', 'unknown', 'locked'] as const) {
            // Refills the budgets for each name, or the limit of the client network would apply first.
            app.storage.clock.advance(3 * hour)
            const statuses: number[] = []
            for (let tries = 0; tries < 12; tries++) {
              statuses.push(
                (await app.post('/sign-in', { identifier: names[name], password: wrongPassword })).answer.status,
              )
            }
            tried.set(name, statuses.join())
          }
          const expected = `${Array(10).fill(401).join()},429,429`
          for (const [name, statuses] of tried) assert.equal(statuses, expected, name)
        })

        test('ENU-3: the answers beyond the limit are identical, too', async () => {
          for (const [path, fields] of [
            ['/sign-in', { password: wrongPassword }],
            ['/recover', {}],
          ] as const) {
            const answers = new Map<Class, Answer>()
            for (const name of ['existing', 'unknown', 'locked', 'disabled'] as const) {
              app.storage.clock.advance(3 * hour)
              let last: Answer | undefined
              for (let tries = 0; tries < 12; tries++) {
                last = (await app.post(path, { ...fields, identifier: names[name] })).answer
              }
              assert.ok(last)
              // The wait is part of the text, which affects the length.
              const { 'retry-after': _wait, 'content-length': _length, ...headers } = last.headers
              answers.set(name, { ...last, headers, body: last.body.replaceAll(/\d+ (Sekunden?|Minuten?)/g, 'WAIT') })
            }
            assertAlike(answers)
          }
          await app.settle()
        })
      }

      if (disclosure === 'guided') {
        test('ENU-6: the guided answer names no network, and becomes neutral when its budget is exhausted', async () => {
          const ask = () => app.post('/sign-in', { identifier: names.socialOnly, password: wrongPassword })
          for (let tries = 0; tries < 10; tries++) {
            const { answer } = await ask()
            assert.equal(answer.status, 401)
            assert.match(answer.body, /Noch kein Passwort/)
          }
          app.storage.clock.advance(61 * second)
          const told = plain((await ask()).answer, names.socialOnly)
          const unknown = await app.post('/sign-in', { identifier: names.unknown, password: wrongPassword })
          assert.deepEqual(told, plain(unknown.answer, names.unknown))
        })
      }
    })
  }
})
