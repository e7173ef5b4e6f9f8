import { performance } from 'node:perf_hooks'
import type { Provider } from '#features/provider/index.ts'
import { minute, second } from '#kernel/duration.ts'
import { begins, during, ends, playedFor, type Scenario, simulate } from '#test/health/simulation.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { newPerson, startTestNetworks, type TestNetworks } from '#test/support/networks.ts'

export type Report = (what: string, measured: string, figure: number | string, goal: string) => void

const signInsEach = 150
const pagesEach = 300
const manyNetworks = 30

/** What health monitoring costs, and how soon it detects an outage. */
export async function networkRows(report: Report): Promise<void> {
  const app = await startApp({ engine: 'sqlite', config: { trustedProxies: ['loopback'] } })
  const networks = await startTestNetworks(app)
  try {
    await recordingRow(report, app, networks)
    await pageRows(report, app)
  } finally {
    await networks.close()
    await app.close()
  }
  await detectionRows(report)
}

/** Sign-ins alternately with and without recording. Recorded observations are written to the database every second. */
async function recordingRow(report: Report, app: TestApp, networks: TestNetworks): Promise<void> {
  const { observe } = app.health
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] }
  app.health.start()
  for (let turn = 0; turn < signInsEach * 2; turn += 1) {
    const way = turn % 2 === 0 ? 'with' : 'without'
    Object.assign(app.health, { observe: way === 'with' ? observe : () => {} })
    const browser = app.browser('', 'de', { 'x-forwarded-for': `10.${turn >> 8}.${turn & 255}.1` })
    const begun = performance.now()
    await networks.signIn(browser, 'sim-google', newPerson())
    // Skip the warm-up.
    if (turn >= 40) times[way].push(performance.now() - begun)
  }
  Object.assign(app.health, { observe })
  const [recorded, bare] = [median(times.with), median(times.without)]
  const added = ((recorded - bare) / bare) * 100
  const measured = `${recorded.toFixed(2)} ms, without ${bare.toFixed(2)} ms`
  report('health recording, added to a social sign-in, %', measured, added, '≤ 1')
}

async function pageRows(report: Report, app: TestApp): Promise<void> {
  const few = await pageTime(app)
  const { clock, secrets, database } = app.foundation
  await database.inTransaction(async ({ providers }) => {
    for (let number = 0; number < manyNetworks - 2; number += 1) {
      const issuer = `https://network-${number}.example`
      const provider: Provider = {
        id: `network-${number}`,
        kind: 'oauth2',
        name: `Network ${number}`,
        logo: 'x',
        issuer,
        clientId: 'einlass',
        clientSecret: secrets.encrypt('provider-secret', 'secret'),
        settings: {
          scopes: ['profile'],
          trust: { kind: 'never' },
          endpoints: { authorization: `${issuer}/a`, token: `${issuer}/t`, user: `${issuer}/u` },
          mapping: { subject: 'id', name: 'name' },
        },
        enabled: true,
        createdAt: clock.now(),
        secretExpiresAt: null,
      }
      await providers.insert(provider)
    }
  })
  const many = await pageTime(app)
  report(
    `sign-in page with ${manyNetworks} networks ÷ with 2, time`,
    `${many.milliseconds.toFixed(2)} ms, with two ${few.milliseconds.toFixed(2)} ms`,
    many.milliseconds / few.milliseconds,
    '–',
  )
  report(`the same, bytes on the wire, KiB`, `with two ${few.kibibytes.toFixed(1)} KiB`, many.kibibytes, '≤ 10')
}

async function pageTime(app: TestApp): Promise<{ readonly milliseconds: number; readonly kibibytes: number }> {
  const times: number[] = []
  let bytes = 0
  for (let turn = 0; turn < pagesEach; turn += 1) {
    const begun = performance.now()
    const headers = { host: new URL(app.url).host, 'accept-encoding': 'br' }
    const answer = await app.app.inject({ method: 'GET', url: '/sign-in', headers })
    times.push(performance.now() - begun)
    bytes = answer.rawPayload.length
  }
  return { milliseconds: median(times), kibibytes: bytes / 1024 }
}

async function detectionRows(report: Report): Promise<void> {
  const outage = during({ contactFails: 1, isBlocked: () => true })
  const tokens = during({ tokenFails: 1 })
  const scenarios: readonly Scenario[] = [
    { name: 'no contact, one attempt a second', rate: () => 1, weather: outage, lasts: playedFor },
    { name: 'no tokens, one attempt a second', rate: () => 1, weather: tokens, lasts: playedFor },
    { name: 'no contact, one attempt in two minutes', rate: () => 1 / 120, weather: outage, lasts: playedFor },
  ]
  for (const scenario of scenarios) {
    const { turns, attempts } = await simulate(scenario)
    const found = turns.find(({ change }) => change === 'began')
    const over = turns.findLast(({ change }) => change === 'ended')
    const seconds = (at: number | undefined, from: number) => (at === undefined ? '–' : (at - from) / second)
    const measured = `${attempts} attempts in ${playedFor / minute} min, ${found?.failedBefore} failed before detection`
    report(`${scenario.name}: detected after, s`, measured, seconds(found?.at, begins), '≤ 60, or 5 failed')
    report('end detected after, s', '', seconds(over?.at, ends), '≤ 60')
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
