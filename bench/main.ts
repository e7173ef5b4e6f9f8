import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientAddress, Jar, type Load, load, send } from './client.ts'
import { codeFlow, type Party } from './code-flow.ts'
import { networkRows } from './networks.ts'
import { addressOf, password, populate, redirectUri } from './population.ts'
import { freePort, memoryOf, root, type Server, startHelper, startServer } from './processes.ts'

/** Duration of each measurement. */
const seconds = Number(process.argv[2] ?? 5)
const people = 2_000

type Row = { readonly what: string; readonly measured: string; readonly figure: string; readonly goal: string }
const rows: Row[] = []
const report = (what: string, measured: string, figure: number | string, goal: string) => {
  const shown = typeof figure === 'number' ? figure.toFixed(2) : figure
  rows.push({ what, measured, figure: shown, goal })
  console.log(`${what.padEnd(58)} ${shown.padStart(9)}  (goal ${goal})  ${measured}`)
}
const rate = ({ perSecond }: Load) => `${perSecond.toFixed(0)}/s`

type SignedIn = { readonly jar: Jar; readonly csrf: string }

/** Opens the sign-in page, as every browser does before it sends the form. */
async function openPage(url: string): Promise<SignedIn> {
  const jar = new Jar()
  const page = jar.keep(await send('GET', `${url}/sign-in`))
  return { jar, csrf: csrfOf(page.body) }
}

function csrfOf(html: string): string {
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

function form(csrf: string, turn: number, continueTo = '/profile'): string {
  return new URLSearchParams({ csrf, identifier: addressOf(turn % people), password, continue: continueTo }).toString()
}

async function hashLimit(): Promise<number> {
  const child = fork(`${root}bench/bare-hash.ts`, [String(seconds)], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '2' },
  })
  return new Promise((resolve) => child.once('message', (perSecond) => resolve(perSecond as number)))
}

async function signIns(server: Server, concurrency: number): Promise<Load> {
  const { jar, csrf } = await openPage(server.url)
  const cookie = jar.header
  return load(concurrency, seconds, async (turn) => {
    const headers = { cookie, 'x-forwarded-for': clientAddress(turn) }
    const answer = await send('POST', `${server.url}/sign-in`, headers, form(csrf, turn))
    if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`)
  })
}

async function signedInCookie(server: Server): Promise<string> {
  const { jar, csrf } = await openPage(server.url)
  jar.keep(await send('POST', `${server.url}/sign-in`, { cookie: jar.header }, form(csrf, 1)))
  return jar.header
}

/** Repeats one request from a separate process. */
function checks(port: number, path: string, cookie: string, concurrency: number): Promise<Load> {
  const args = [String(port), String(seconds), String(concurrency), path, cookie]
  return new Promise((resolve) => {
    fork(`${root}bench/raw-client.ts`, args).once('message', (measured) => resolve(measured as Load))
  })
}

async function passwordRows(server: Server): Promise<void> {
  const before = await hashLimit()
  const signedIn = await signIns(server, 8)
  const flows = await passwordFlows(server)
  const after = await hashLimit()
  const limit = (before + after) / 2
  const bare = `bare argon2id ${limit.toFixed(0)}/s`
  report(
    'password sign-ins ÷ bare argon2id, 8 concurrent',
    `${rate(signedIn)}, ${bare}`,
    signedIn.perSecond / limit,
    '≥ 0.90',
  )
  report(
    'code flow with password ÷ bare argon2id, 8 concurrent',
    `${rate(flows)}, ${bare}`,
    flows.perSecond / limit,
    '≥ 0.85',
  )
}

let party: Party

async function passwordFlows(server: Server): Promise<Load> {
  return load(8, seconds, async (turn) => {
    const jar = new Jar()
    const address = clientAddress(turn + 500_000)
    await codeFlow(party, jar, address, async (url, page) => {
      const continueTo = new URL(url).searchParams.get('continue') ?? ''
      const body = form(csrfOf(page.body), turn, continueTo)
      const headers = { cookie: jar.header, 'x-forwarded-for': address }
      const answer = jar.keep(await send('POST', `${server.url}/sign-in`, headers, body))
      return new URL(answer.headers.location ?? '', server.url).href
    })
  })
}

async function checkRows(server: Server): Promise<void> {
  const cookie = await signedInCookie(server)
  const path = '/api/session'
  const bare = await startHelper('bare-http.ts')
  const floor = await checks(bare.port, path, cookie, 32)
  const checked = await checks(server.port, path, cookie, 32)
  await bare.stop()
  const ratio = checked.perSecond / floor.perSecond
  report('session checks ÷ bare node:http, 32 concurrent', `${rate(checked)}, bare ${rate(floor)}`, ratio, '≥ 0.50')
  const quiet = await checks(server.port, path, cookie, 1)
  const [flooded] = await Promise.all([checks(server.port, path, cookie, 1), signIns(server, 32)])
  report('p99 of a session check under 32 sign-ins, ms', `quiet ${quiet.p99.toFixed(2)} ms`, flooded.p99, '≤ 5')
  report('the same ÷ its quiet p99', '', flooded.p99 / quiet.p99, '≤ 3')
}

async function flowRows(server: Server): Promise<void> {
  const port = await freePort()
  const bare = await startHelper('bare-engine.ts', String(port), redirectUri)
  const base = `http://localhost:${port}`
  const bareParty: Party = { ...party, authorize: `${base}/auth`, token: `${base}/token`, clientSecret: 'secret' }
  const bareCold = await load(8, seconds, (turn) => codeFlow(bareParty, new Jar(), clientAddress(turn)))
  const bareJars = await jars(8, async (jar) => codeFlow(bareParty, jar, '10.0.0.1'))
  const bareSso = await sso(bareParty, bareJars)
  await bare.stop()
  const browsers = await jars(400, async (jar, turn) => {
    const { csrf } = await openInto(server, jar)
    const body = form(csrf, turn)
    jar.keep(
      await send('POST', `${server.url}/sign-in`, { cookie: jar.header, 'x-forwarded-for': clientAddress(turn) }, body),
    )
  })
  let next = 0
  const cold = await loadTimes(browsers.length, (turn) => codeFlow(party, browsers[next++] as Jar, clientAddress(turn)))
  const again = await sso(party, browsers.slice(0, 8))
  report(
    'first code flow without password ÷ engine in memory',
    `${rate(cold)}, bare ${rate(bareCold)}`,
    cold.perSecond / bareCold.perSecond,
    '≥ 0.80',
  )
  report(
    'next code flow without password ÷ engine in memory',
    `${rate(again)}, bare ${rate(bareSso)}`,
    again.perSecond / bareSso.perSecond,
    '≥ 0.80',
  )
}

async function openInto(server: Server, jar: Jar): Promise<SignedIn> {
  const page = jar.keep(await send('GET', `${server.url}/sign-in`))
  return { jar, csrf: csrfOf(page.body) }
}

async function jars(count: number, prepare: (jar: Jar, turn: number) => Promise<void>): Promise<readonly Jar[]> {
  const made: Jar[] = []
  for (let turn = 1; turn <= count; turn++) {
    const jar = new Jar()
    await prepare(jar, turn)
    made.push(jar)
  }
  return made
}

/** Each browser runs its flows in sequence, since the engine renews its cookie each time. */
async function sso(to: Party, browsers: readonly Jar[]): Promise<Load> {
  const free = [...browsers]
  return load(browsers.length, seconds, async (turn) => {
    const jar = free.pop() as Jar
    await codeFlow(to, jar, clientAddress(turn))
    free.push(jar)
  })
}

async function loadTimes(times: number, act: (turn: number) => Promise<void>): Promise<Load> {
  let left = times
  let end = 0
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left > 0) {
        left -= 1
        await act(left)
      }
      end = performance.now()
    }),
  )
  return { perSecond: (times / (end - begin)) * 1000, p50: 0, p99: 0, done: times }
}

async function pageRow(server: Server): Promise<void> {
  const page = await send('GET', `${server.url}/sign-in`, { 'accept-encoding': 'br' })
  report('sign-in page, bytes on the wire, KiB', 'usable after one request', page.body.length / 1024, '≤ 10')
}

async function startRows(folder: string): Promise<void> {
  const times: number[] = []
  for (let turn = 0; turn < 5; turn++) {
    const server = await startServer(folder)
    times.push(server.millisecondsToFirstAnswer)
    await server.stop()
  }
  times.sort((a, b) => a - b)
  report(
    'start to first answer, ms (median of 5)',
    times.map((time) => time.toFixed(0)).join(' '),
    times[2] ?? 0,
    '≤ 250',
  )
}

const folder = mkdtempSync(join(tmpdir(), 'einlass-bench-'))
const clientSecret = await populate(folder, people)
await startRows(folder)
const server = await startServer(folder)
const idle = memoryOf(server.process)
party = {
  authorize: `${server.url}/oidc/authorize`,
  token: `${server.url}/oidc/token`,
  clientId: 'bench',
  clientSecret,
  redirectUri,
}
await pageRow(server)
await checkRows(server)
await passwordRows(server)
await flowRows(server)
report('memory of the main process, idle, MiB', '', idle, '≤ 100')
report('the same after the load, MiB', '', memoryOf(server.process), '≤ 200')
await server.stop()
await networkRows(report)
rmSync(folder, { recursive: true, force: true })
process.exit(0)
