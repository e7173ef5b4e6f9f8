import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { signInOutcomes } from '#features/administration/metrics/sign-in-attempt.ts'
import { startApp, type TestApp } from './support/app.ts'
import { signIn, signInOn, signUp } from './support/people.ts'

const token = 'a-token-of-the-tests-alone'

describe('the metrics', () => {
  let app: TestApp
  before(async () => {
    app = await startApp({ engine: 'sqlite', config: { metricsToken: token } })
  })
  after(() => app.close())

  const ask = (authorization?: string) =>
    fetch(`${app.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } })

  test('are served only with the token', async () => {
    assert.equal((await ask(`Bearer ${token}`)).status, 200)
    for (const wrong of [undefined, '', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer ${token}x`]) {
      const refused = await ask(wrong)
      assert.equal(refused.status, 401, String(wrong))
      assert.equal(refused.headers.get('www-authenticate'), 'Bearer')
      assert.doesNotMatch(await refused.text(), /einlass_/)
    }
  })

  test('count every sign-in once, by authenticator and outcome', async () => {
    const browser = app.browser()
    await signUp(app, browser, 'anna@example.org')
    await signIn(app, browser, 'anna@example.org')
    const stranger = app.browser()
    const page = await stranger.open(`${app.url}/sign-in`)
    for (const name of ['anna@example.org', 'nobody@example.org']) await signInOn(stranger, page, name, 'wrong')
    const lines = (await (await ask(`Bearer ${token}`)).text()).split('\n')
    // Signing up also signs in.
    assert.ok(
      lines.includes(
        'einlass_sign_in_attempts_total{method="password",network="",outcome="signed-in",authenticator="password"} 2',
      ),
    )
    assert.ok(
      lines.includes(
        'einlass_sign_in_attempts_total{method="password",network="",outcome="failed",authenticator="password"} 2',
      ),
    )
    assert.ok(lines.some((line) => /^einlass_outbox_waiting \d+$/.test(line)))
  })

  test('have labels with few values: no user input becomes a label', async () => {
    const stranger = app.browser()
    const page = await stranger.open(`${app.url}/sign-in`)
    for (const id of ['made-up', 'x"} 1']) {
      const csrf = page.forms[0]?.fields.csrf ?? ''
      const action = `/sign-in/with/${encodeURIComponent(id)}`
      await stranger.submit(page, { method: 'POST', action, fields: { csrf }, text: '' })
      await stranger.open(`${app.url}${action}/callback?state=a&code=b`)
    }
    const text = await (await ask(`Bearer ${token}`)).text()
    const samples = text.split('\n').filter((line) => line.startsWith('einlass_'))
    for (const sample of samples) {
      assert.match(sample, /^\w+(\{(\w+="[a-z0-9-]*",?)*\})? [\d.e+]+$/)
      const outcome = /outcome="([^"]*)"/.exec(sample)?.[1]
      assert.ok(outcome === undefined || signInOutcomes.some((each) => each === outcome), sample)
      assert.doesNotMatch(sample, /made-up|example/)
    }
    for (const line of text.split('\n').filter(Boolean)) {
      assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/)
    }
  })
})

test('without a token, metrics are only served in development', async () => {
  for (const [development, status] of [
    [true, 200],
    [false, 404],
  ] as const) {
    const app = await startApp({ engine: 'sqlite', config: { development } })
    try {
      assert.equal((await fetch(`${app.url}/metrics`)).status, status)
    } finally {
      await app.close()
    }
  }
})
