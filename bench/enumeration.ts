// How well response times reveal whether an address has an account (ENU-2): the probability that a known address takes
// longer than an unknown one, or the reverse (0.5 is chance), and the gap between the medians. Prints a table.
//   node --import ./scripts/tsx-hook.mjs bench/enumeration.ts [samples]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, openFoundation } from '#compose/index.ts'
import { readConfig } from '#config.ts'
import { minute } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'
import { email, transport } from '#outbox/index.ts'
import { addressOf, populate } from './population.ts'

const samples = Number(process.argv[2] ?? 300)
const folder = mkdtempSync(join(tmpdir(), 'einlass-enumeration-'))
await populate(folder, samples)
const development = readConfig({
  EINLASS_DEVELOPMENT: 'true',
  EINLASS_LOG_LEVEL: 'silent',
  EINLASS_DISCLOSURE: 'private',
})
const config = { ...development, database: `sqlite:${folder}/einlass.db`, secretFile: `${folder}/secret` }
// The clock advances by a minute with every call, so that no rate limit applies.
let now = Date.now()
const clock = {
  now: () => {
    now += minute
    return now
  },
}
const einlass = await compose(await openFoundation(config, { clock, timers: systemTimers, random: systemRandom }), {
  transports: [transport(email, async () => {})],
})
const headers = { host: config.url.host }
const page = await einlass.app.inject({ url: '/sign-in', headers })
const form = {
  csrf: /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
  cookie: page.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
}

async function timeOf(path: string, identifier: string): Promise<number> {
  const begun = process.hrtime.bigint()
  await einlass.app.inject({
    method: 'POST',
    url: path,
    headers: { ...headers, cookie: form.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ csrf: form.csrf, identifier, password: 'a wrong password' }).toString(),
  })
  return Number(process.hrtime.bigint() - begun) / 1e6
}

/** The area under the ROC curve: how often a random known address took longer than a random unknown one. */
function separation(known: readonly number[], unknown: readonly number[]): number {
  let longer = 0
  for (const one of known) for (const other of unknown) longer += one > other ? 1 : one === other ? 0.5 : 0
  const share = longer / (known.length * unknown.length)
  return Math.max(share, 1 - share)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

console.log('page       known ms   unknown ms   gap ms   separation (0.5 is chance, goal ≤ 0.55)')
for (const path of ['/sign-in', '/recover', '/sign-up']) {
  const [known, unknown]: [number[], number[]] = [[], []]
  for (let sample = -10; sample < samples; sample++) {
    const person = Math.max(0, sample)
    // Alternately, so that drift affects both alike.
    const first = await timeOf(path, person % 2 ? addressOf(person) : `nobody-${person}@example.org`)
    const second = await timeOf(path, person % 2 ? `nobody-${person}@example.org` : addressOf(person))
    if (sample < 0) continue
    known.push(person % 2 ? first : second)
    unknown.push(person % 2 ? second : first)
  }
  const figures = [median(known), median(unknown), Math.abs(median(known) - median(unknown))]
  console.log(
    path.padEnd(11),
    figures.map((figure) => figure.toFixed(2).padStart(8)).join('   '),
    '  ',
    separation(known, unknown).toFixed(3),
  )
}
await einlass.close()
rmSync(folder, { recursive: true })
