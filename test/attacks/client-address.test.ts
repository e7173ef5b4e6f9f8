import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountId } from '#kernel/id.ts'
import { startApp } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { signInOn, signUp, whoIs } from '../support/people.ts'

/** Headers with which anybody can claim a client address. */
const claims: Readonly<Record<string, string>>[] = [
  { 'x-forwarded-for': '203.0.113.7' },
  { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' },
  { 'x-real-ip': '203.0.113.7' },
  { forwarded: 'for=203.0.113.7' },
  { 'client-ip': '203.0.113.7', 'x-client-ip': '203.0.113.7', 'true-client-ip': '203.0.113.7' },
  { 'cf-connecting-ip': '203.0.113.7' },
]

/** Client networks of sessions that were started with these headers. */
async function networksSeen(trustedProxies: readonly string[], all = claims): Promise<readonly string[]> {
  const app = await startApp({ engine: 'sqlite', config: { trustedProxies } })
  try {
    const owner = app.browser()
    await signUp(app, owner, 'anna@example.org')
    const subject = (await whoIs(app, owner))?.subject as AccountId
    const seen: string[] = []
    for (const headers of all) {
      const browser = app.browser('', 'de', headers)
      await signInOn(browser, await browser.open(`${app.url}/sign-in`), 'anna@example.org')
      assert.ok(await whoIs(app, browser))
      const [latest] = await app.foundation.connection.migrator
        .selectFrom('session')
        .select('client_network')
        .where('account_id', '=', subject)
        .orderBy('created_at', 'desc')
        .limit(1)
        .execute()
      seen.push(String(latest?.client_network))
      app.clock.advance(1000)
    }
    return seen
  } finally {
    await app.close()
  }
}

test('SES-8: without a trusted proxy, headers about the client address are ignored', async () => {
  assert.deepEqual(new Set(await networksSeen([])), new Set(['127.0.0.0/24']))
  assert.deepEqual(new Set(await networksSeen(['10.0.0.0/8'])), new Set(['127.0.0.0/24']))
})

test('SES-8: only the entry in X-Forwarded-For that a trusted proxy added counts', async () => {
  const behindProxy = [
    { 'x-forwarded-for': '203.0.113.7' },
    { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' },
    { 'x-forwarded-for': '2001:db8:1:2::9' },
    { forwarded: 'for=203.0.113.7' },
  ]
  const seen = await networksSeen(['127.0.0.1'], behindProxy)
  assert.deepEqual(seen, ['203.0.113.0/24', '203.0.113.0/24', '2001:db8:1::/48', '127.0.0.0/24'])
})

test('SES-8: forging addresses, or changing them within a client network, does not bypass rate limits', async () => {
  const app = await startApp({ engine: 'sqlite', config: { trustedProxies: ['127.0.0.1'] } })
  try {
    const askForMail = async (address: string, index: number) => {
      const browser = app.browser('', 'de', { 'x-forwarded-for': address })
      const page = await browser.open(`${app.url}/recover`)
      return (await browser.submit(page, formTo(page, '/recover'), { identifier: `nobody${index}@example.org` })).status
    }
    // Behind the proxy: a new address of the same /48 each time, after a forged one.
    const inventive = (index: number) => `10.0.0.${index}, 2001:db8:77:${index.toString(16)}::1`
    let asked = 0
    while (asked < 60 && (await askForMail(inventive(asked), asked)) === 200) asked += 1
    assert.equal(asked, 30)
    assert.equal(await askForMail(inventive(asked), asked), 429)
    assert.equal(await askForMail('2001:db8:78::1', asked), 200)
  } finally {
    await app.close()
  }
})
