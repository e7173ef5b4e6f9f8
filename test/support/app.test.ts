import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from './app.ts'
import { onEachEngine } from './engines.ts'

onEachEngine((engine) => {
  test(`the test app signs a person up through pages and mail`, async () => {
    const app = await startApp({ engine })
    try {
      const browser = app.browser()
      const start = await browser.open(`${app.url}/sign-up`)
      const form = start.forms.find(({ fields }) => 'identifier' in fields)
      await browser.submit(start, form, { identifier: 'anna@example.org' })
      await app.drainMail()
      assert.equal(app.mailbox()[0]?.to, 'anna@example.org')
    } finally {
      await app.close()
    }
  })
})
