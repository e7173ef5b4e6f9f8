import assert from 'node:assert/strict'
import type { ReceivedMail } from '../support/mail-server.ts'

/** The server died before it answered, so the result of the request is unknown. */
export class NoAnswer extends Error {}

type Answer = { readonly status: number; readonly body: string; readonly location: string | undefined }

/** A step without an answer yet. */
type Pending = { readonly link: string; readonly password: string; readonly session: string | undefined }

const alive = '/health/live'

/** Number of sign-ins that only check a password, each from a client network of its own. */
let probes = 0

/** A person who signs up, forgets the password, sets a new one, and fails on any inconsistency. */
export class Person {
  readonly email: string
  readonly #url: string
  readonly #mails: () => readonly ReceivedMail[]
  readonly #network: string
  readonly #cookies = new Map<string, string>()
  #password: string | undefined
  #pending: Pending | undefined
  #tries = 0
  /** Number of steps that were answered. */
  acknowledged = 0
  /** Answered requests of all persons, without polling for mail. */
  static answers = 0

  constructor(url: string, number: number, mails: () => readonly ReceivedMail[]) {
    this.#url = url
    this.email = `person-${number}@example.org`
    this.#network = `10.${(number >> 8) & 255}.${number & 255}.1`
    this.#mails = mails
  }

  get isUncertain(): boolean {
    return this.#pending !== undefined
  }

  /** The mail budget of an address allows only a few. */
  get isDone(): boolean {
    return this.#tries >= 4 && !this.isUncertain
  }

  async #send(path: string, form?: Readonly<Record<string, string>>): Promise<Answer> {
    const headers = { cookie: this.#cookie(), 'x-forwarded-for': this.#network }
    const body = form && new URLSearchParams(form)
    const init: RequestInit = body
      ? { method: 'POST', headers, body, redirect: 'manual' }
      : { headers, redirect: 'manual' }
    try {
      const response = await fetch(new URL(path, this.#url), init)
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') this.#cookies.delete(name)
        else this.#cookies.set(name, value)
      }
      const location = response.headers.get('location') ?? undefined
      const answer = { status: response.status, body: await response.text(), location }
      if (path !== alive) Person.answers += 1
      return answer
    } catch (cause) {
      throw new NoAnswer('no answer', { cause })
    }
  }

  #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async #form(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    let page = await this.#send(path)
    if (page.location) page = await this.#send(page.location)
    const hidden = Object.fromEntries(
      ['csrf', 'token'].map((name) => [name, new RegExp(`name="${name}" value="([^"]+)"`).exec(page.body)?.[1] ?? '']),
    )
    return this.#send(fields.identifier === undefined ? this.#target(path) : path, { ...hidden, ...fields })
  }

  #target(link: string): string {
    return link.includes('/sign-up/') ? '/sign-up/complete' : '/recover/password'
  }

  /** Takes the next step: creates the account, or sets a new password. */
  async goOn(seed: string): Promise<void> {
    const path = this.#password === undefined ? '/sign-up' : '/recover'
    this.#tries += 1
    const known = this.#mails().length
    const asked = await this.#form(path, { identifier: this.email })
    assert.equal(asked.status, 303)
    const link = await this.#linkAfter(known)
    this.#pending = { link, password: `ein langes passwort ${seed}`, session: this.#cookies.get('einlass-session') }
    await this.#use()
  }

  async #linkAfter(known: number): Promise<string> {
    for (;;) {
      const mails = this.#mails()
        .slice(known)
        .filter((each) => each.to.includes(this.email))
      const links = mails.flatMap(({ parsed }) => /http:\S+\/link\?token=\S+/.exec(parsed.text ?? '')?.[0] ?? [])
      // A mail requested before a restart may arrive late. Its link has been superseded by a newer one.
      for (const link of links) if ((await this.#stateOf(link)) === 'valid') return link
      // Fails if the server is gone. Until then, keep waiting for the mail.
      await this.#send(alive)
    }
  }

  async #use(): Promise<void> {
    const { link, password } = this.#pending as Pending
    const answer = await this.#form(link, { name: 'Anna', new_password: password })
    if (answer.status === 303) return this.#acknowledge()
    assert.equal(await this.#stateOf(link), 'replaced', String(answer.status))
    this.#pending = undefined
  }

  #acknowledge(): void {
    // A new password ends the session. The first password started one.
    if (this.#password !== undefined) this.#cookies.delete('einlass-session')
    this.#password = this.#pending?.password
    this.#pending = undefined
    this.acknowledged += 1
  }

  /**
   * Finds out whether a killed server has completed the step. Either entirely: the link is used, the new password works,
   * the old one and the old session do not. Or not at all: the other way round, and the link still works.
   */
  async findOut(): Promise<'done' | 'not done' | 'certain'> {
    if (!this.#pending) {
      if (this.#password !== undefined)
        assert.equal(await this.#opens(this.#password), true, 'an acknowledged password')
      return 'certain'
    }
    const { link, password, session } = this.#pending
    const before = this.#password
    const state = await this.#stateOf(link)
    const used = state === 'used'
    assert.equal(await this.#opens(password), used, 'the new password opens if and only if the link is used')
    if (before !== undefined) assert.equal(await this.#opens(before), !used, 'the old password opens until it is')
    if (session !== undefined) assert.equal(await this.#isAlive(session), !used && before !== undefined)
    if (used) this.#acknowledge()
    else if (state === 'valid') await this.#use()
    else this.#pending = undefined
    assert.notEqual(await this.#stateOf(link), 'valid', 'a used link stays used')
    return used ? 'done' : 'not done'
  }

  /** A mail that was requested earlier but sent later supersedes the link of a newer one. */
  async #stateOf(link: string): Promise<'valid' | 'used' | 'replaced'> {
    const { location } = await this.#send(link)
    const page = await this.#send(location ?? '')
    if (page.status === 200) return 'valid'
    return page.body.includes('<title>Dieser Link wurde schon benutzt') ? 'used' : 'replaced'
  }

  async #opens(password: string): Promise<boolean> {
    probes += 1
    const other = new Person(this.#url, 30_000 + probes, this.#mails)
    const { status } = await other.#form('/sign-in', { identifier: this.email, password })
    assert.ok(status === 303 || status === 401, String(status))
    return status === 303
  }

  async #isAlive(session: string): Promise<boolean> {
    const response = await fetch(`${this.#url}/api/session`, { headers: { cookie: `einlass-session=${session}` } })
    return response.status === 200
  }
}
