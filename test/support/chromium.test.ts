import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from './chromium.ts'

test('renders a page', async () => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.setContent('<!doctype html><title>Tür</title><button>Öffnen</button>')
    assert.equal(await page.title(), 'Tür')
    assert.ok(await page.getByRole('button', { name: 'Öffnen' }).isVisible())
    assert.ok((await page.screenshot()).length > 1000)
  } finally {
    await browser.close()
  }
})

test('passes switches to the browser', async () => {
  const browser = await launchChromium({ args: ['--user-agent=einlass-test'] })
  try {
    const page = await browser.newPage()
    assert.equal(await page.evaluate('navigator.userAgent'), 'einlass-test')
  } finally {
    await browser.close()
  }
})
