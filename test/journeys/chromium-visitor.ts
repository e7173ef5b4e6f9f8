import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { Locale } from '#kernel/locale.ts'
import { inOneLine, type Visitor } from './visitor.ts'

export type ChromiumVisitor = Visitor & {
  readonly page: Page
  /** Another tab of the same browser. */
  readonly newTab: () => Promise<ChromiumVisitor>
  readonly goBack: () => Promise<void>
  /** Presses something that leads to an error page of the browser, since nothing responds. */
  readonly pressInVain: (words: string) => Promise<void>
}

const narrow = { width: 360, height: 740 }
const wide = { width: 1280, height: 800 }

/** Console messages of the browser about refusals and closed connections, which the journeys cause on purpose. */
const expectedComplaint =
  /the server responded with a status of (4|5)\d\d|net::ERR_(CONNECTION_(RESET|REFUSED)|INTERNET_DISCONNECTED|ABORTED)/

/** Pages that were checked already. Once per run is enough. */
const checkedPages = new Set<string>()

/** A real browser, usually with script. Every new page is checked for accessibility and layout. */
export async function chromiumVisitor(
  browser: Browser,
  einlass: string,
  locale: Locale,
  address: string,
  javaScriptEnabled = true,
): Promise<ChromiumVisitor> {
  const context = await browser.newContext({
    locale: locale === 'de' ? 'de-DE' : 'en-GB',
    viewport: narrow,
    extraHTTPHeaders: { 'x-forwarded-for': address },
    javaScriptEnabled,
  })
  const faults: string[] = []
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'data:' && hostname !== 'localhost') faults.push(`somebody asks ${request.url()}`)
  })
  return visitorIn(context, { einlass, locale, faults, javaScriptEnabled })
}

type Visit = {
  readonly einlass: string
  readonly locale: Locale
  /** Faults of the pages visited. */
  readonly faults: string[]
  readonly javaScriptEnabled: boolean
}

async function visitorIn(context: BrowserContext, visit: Visit): Promise<ChromiumVisitor> {
  const { einlass, locale, faults, javaScriptEnabled } = visit
  const page = await context.newPage()
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() !== 'error' || expectedComplaint.test(text)) return
    faults.push(`the console on ${page.url()}: ${text}`)
  })
  page.on('pageerror', (error) => faults.push(`the script on ${page.url()}: ${error.message}`))

  const look = async () => {
    if (javaScriptEnabled) faults.push(...(await faultsOf(page)))
  }
  const find = async (words: string): Promise<Locator> => {
    const beginning = new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
    for (const name of [words, beginning]) {
      const found = page
        .getByRole('button', { name, exact: true })
        .or(page.getByRole('link', { name, exact: true }))
        .or(page.locator('summary').filter({ hasText: name }))
        .first()
      if (await found.isVisible()) return found
    }
    throw new Error(`nothing to press that says “${words}” on ${page.url()}:\n${await page.innerText('body')}`)
  }
  const press = async (words: string, clickCount: number) => {
    const found = await find(words)
    const staysHere = await found.evaluate((element) => element.tagName === 'SUMMARY')
    if (staysHere) return found.click()
    await Promise.all([page.waitForEvent('load'), found.click({ clickCount })])
    await look()
  }

  return {
    locale,
    page,
    pressInVain: async (words) => {
      const found = await find(words)
      const failed = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest())
      await Promise.all([failed, found.click()])
      await page.waitForURL('chrome-error://**')
    },
    newTab: () => visitorIn(context, visit),
    goBack: async () => {
      await page.goBack({ waitUntil: 'load' })
      await look()
    },
    open: async (url) => {
      await page.goto(url)
      await look()
    },
    type: (label, text) => page.getByLabel(label, { exact: true }).first().fill(text),
    press: (words) => press(words, 1),
    pressTwice: (words) => press(words, 2),
    text: async () => inOneLine(await page.innerText('body')),
    url: () => new URL(page.url()),
    signedIn: async () => (await context.request.get(`${einlass}/api/session`)).status() === 200,
    leave: async () => {
      await context.close()
      assert.deepEqual(faults, [])
    },
  }
}

/** Faults of a page that was not checked yet: accessibility, and whether it fits a small phone. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const language = await page.getAttribute('html', 'lang')
  // Ignores numbers in titles, since people are numbered.
  const name = `${language} ${(await page.title()).replace(/\d+/, '')}`
  if (checkedPages.has(name)) return []
  checkedPages.add(name)
  const overflows = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
  const tooWide = await page.evaluate(overflows)
  await page.setViewportSize(wide)
  const tooWideStill = await page.evaluate(overflows)
  await page.setViewportSize(narrow)
  return [
    ...(tooWide || tooWideStill ? [`“${name}” is wider than the screen`] : []),
    // Once is enough, since the markup is the same in both languages.
    ...(language === 'de' ? await accessibilityFaultsOf(page) : []),
  ]
}

async function accessibilityFaultsOf(page: Page): Promise<readonly string[]> {
  // Legacy mode is faster and only lacks support for frames, which we do not use.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => `${page.url()} breaks ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
