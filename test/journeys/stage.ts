import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NetworkChange, NetworkId } from '#development/networks/index.ts'

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The first URL in the text. */
  readonly link: string
}

/** The server as run by `npm start`, in a process of its own, with portals, networks and mailbox. */
export type Stage = {
  readonly url: string
  readonly nordwind: string
  readonly suedstern: string
  /** Waits for the oldest unread mail to an address. */
  readonly nextMail: (to: string) => Promise<Mail>
  /** URL of a network. */
  readonly networkUrl: (id: NetworkId) => Promise<URL>
  readonly setNetwork: (id: NetworkId, change: NetworkChange) => Promise<void>
  readonly close: () => Promise<void>
}

const program = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))
const startTimeout = 20_000

/** @param settings additional `EINLASS_*` variables */
export async function startStage(settings: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-journeys-'))
  const port = await freePort()
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      EINLASS_PORT: String(port),
      EINLASS_DATABASE: `sqlite:${join(folder, 'einlass.db')}`,
      EINLASS_SECRET_FILE: join(folder, 'secret'),
      EINLASS_LOG_LEVEL: 'error',
      // Every visitor has an address of their own, as behind a load balancer.
      EINLASS_TRUSTED_PROXIES: 'loopback',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const welcome = await textUntil(child, 'Mailbox')
  const placeOf = (name: string) => new RegExp(`${name} +(http://localhost:\\d+)`).exec(welcome)?.[1] ?? ''
  const url = placeOf('Start here')
  return {
    url,
    nordwind: placeOf('Nordwind'),
    suedstern: placeOf('Südstern'),
    nextMail: mailReader(url),
    networkUrl: async (id) => {
      const all = (await (await fetch(`${url}/dev/networks`)).json()) as readonly { id: string; url: string }[]
      return new URL(all.find((network) => network.id === id)?.url ?? '')
    },
    setNetwork: async (id, change) => {
      const response = await fetch(`${url}/dev/networks/${id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      })
      assert.equal(response.status, 200, await response.text())
    },
    close: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true })
    },
  }
}

/** Polls for up to ten seconds, for background work such as a mail or a sign-out. */
export async function eventually<Thing>(attempt: () => Promise<Thing | undefined>, what: string): Promise<Thing> {
  for (let tries = 0; tries < 200; tries++) {
    const thing = await attempt()
    if (thing !== undefined) return thing
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`in vain: ${what}`)
}

function mailReader(url: string): Stage['nextMail'] {
  const read = new Map<string, number>()
  return (to) =>
    eventually(async () => {
      const all = (await (await fetch(`${url}/dev/mailbox.json`)).json()) as readonly Omit<Mail, 'link'>[]
      const position = read.get(to) ?? 0
      const mail = all.filter((each) => each.to === to).toReversed()[position]
      if (!mail) return undefined
      read.set(to, position + 1)
      return { ...mail, link: /https?:\S+/.exec(mail.text)?.[0] ?? '' }
    }, `a mail to ${to}`)
}

function textUntil(child: ChildProcess, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const late = setTimeout(() => child.kill(), startTimeout)
    child.once('exit', () => reject(new Error(`the server did not start: ${text}`)))
    child.stdout?.on('data', (chunk) => {
      text += chunk
      if (!text.includes(words) || !text.endsWith('\n')) return
      clearTimeout(late)
      resolve(text)
    })
  })
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, 'localhost', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
