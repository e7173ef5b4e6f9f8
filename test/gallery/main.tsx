// Renders every page and mail with sample props into a folder, as HTML and as screenshots:
//   node_modules/.bin/node --import ./scripts/tsx-hook.mjs test/gallery/main.tsx [folder] [part of a page's name]
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { locales } from '#kernel/locale.ts'
import { renderPage } from '#ui/render.ts'
import { launchChromium } from '../support/chromium.ts'
import { adminMails, adminPages } from './admin-samples.tsx'
import { mails, pages } from './samples.tsx'

const [folder = await mkdtemp(join(tmpdir(), 'einlass-gallery-')), only = ''] = process.argv.slice(2)
await mkdir(folder, { recursive: true })

const browser = await launchChromium()
let faults = 0
for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 740 } })
    for (const locale of locales) {
      for (const [name, page] of Object.entries({ ...pages(locale), ...adminPages(locale) })) {
        if (name.includes(only)) await take(`${name}.${locale}.${colorScheme}.${width}`, renderPage(page))
      }
      for (const [name, mail] of Object.entries({ ...mails(locale), ...adminMails(locale) })) {
        if (`mail-${name}`.includes(only)) await take(`mail-${name}.${locale}.${colorScheme}.${width}`, mail.html)
      }
    }
    await context.close()

    async function take(name: string, html: string): Promise<void> {
      const tab = await context.newPage()
      await tab.setContent(html)
      // WCAG 1.4.10: no horizontal scrolling at 320 px.
      if (width === 360) await tab.setViewportSize({ width: 320, height: 740 })
      const wide = await tab.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
      if (wide) report(name, 'is wider than the screen')
      await tab.setViewportSize({ width, height: 740 })
      const { violations } = await new AxeBuilder({ page: tab }).analyze()
      for (const each of violations) report(name, `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`)
      await writeFile(join(folder, `${name}.html`), html)
      await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
      await tab.close()
    }
  }
}
await browser.close()
console.log(`${folder}: ${faults === 0 ? 'no faults' : `${faults} faults`}`)
process.exitCode = faults === 0 ? 0 : 1

function report(name: string, fault: string): void {
  faults++
  console.log(`${name}: ${fault}`)
}
