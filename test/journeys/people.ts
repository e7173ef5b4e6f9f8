import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Locale, locales } from '#kernel/locale.ts'
import { launchChromium } from '../support/chromium.ts'
import { type ChromiumVisitor, chromiumVisitor } from './chromium-visitor.ts'
import { scriptFreeVisitor } from './script-free-visitor.ts'
import { type Stage, startStage } from './stage.ts'
import type { Visitor } from './visitor.ts'
import { type Words, words } from './words.ts'

/** One person: the words of their language, and their browsers. */
export type Journey<SomeVisitor extends Visitor = Visitor> = {
  readonly stage: Stage
  readonly words: Words
  readonly locale: Locale
  /** Another browser or device of theirs. */
  readonly visit: () => Promise<SomeVisitor>
  /** A browser for what they did earlier. Without script, which is faster. */
  readonly earlier: () => Visitor
}

export type Journeys = {
  /** In both languages, once in Chromium and once without script over HTTP. */
  readonly everybody: (sentence: string, walk: (journey: Journey) => Promise<void>) => void
  /** In both languages, only in Chromium: for what needs a real browser. */
  readonly inChromium: (sentence: string, walk: (journey: Journey<ChromiumVisitor>) => Promise<void>) => void
  /** In Chromium with JavaScript off. */
  readonly inChromiumWithoutScript: Journeys['inChromium']
  readonly withoutScript: (sentence: string, walk: (journey: Journey) => Promise<void>) => void
  /** Available only while the tests run. */
  readonly stage: () => Stage
}

export type JourneySettings = {
  /** Additional `EINLASS_*` variables. */
  readonly server?: Readonly<Record<string, string>>
  /** Switches of Chromium. */
  readonly chromium?: (stage: Stage) => Promise<readonly string[]>
}

/** One server and one browser for all journeys of a file. */
export function journeys(settings: JourneySettings = {}): Journeys {
  let stage: Stage
  let chromium: Browser
  let visitors = 0
  before(async () => {
    stage = await startStage(settings.server)
    chromium = await launchChromium({ args: (await settings.chromium?.(stage)) ?? [] })
  })
  after(async () => {
    await chromium.close()
    await stage.close()
  })
  const address = () => {
    visitors += 1
    // Budgets count by client network, an IPv4 /24, so every visitor gets one of their own.
    return `10.0.${visitors % 256}.7`
  }
  const inBothLanguages =
    <SomeVisitor extends Visitor>(kind: string, arrive: (locale: Locale) => Promise<SomeVisitor>) =>
    (sentence: string, walk: (journey: Journey<SomeVisitor>) => Promise<void>) => {
      for (const locale of locales) {
        test(`${sentence} (${kind}, ${locale})`, async () => {
          const here: SomeVisitor[] = []
          const visit = async () => {
            const visitor = await arrive(locale)
            here.push(visitor)
            return visitor
          }
          const earlier = () => scriptFreeVisitor(stage.url, locale, address())
          await walk({ stage, words: words[locale], locale, visit, earlier })
          for (const visitor of here) await visitor.leave()
        })
      }
    }
  const inChromiumWithoutScript = inBothLanguages('Chromium without script', (locale) =>
    chromiumVisitor(chromium, stage.url, locale, address(), false),
  )
  const inChromium = inBothLanguages('Chromium', (locale) => chromiumVisitor(chromium, stage.url, locale, address()))
  const withoutScript = inBothLanguages('without script', async (locale) =>
    scriptFreeVisitor(stage.url, locale, address()),
  )
  return {
    inChromium,
    inChromiumWithoutScript,
    withoutScript,
    stage: () => stage,
    everybody: (sentence, walk) => {
      inChromium(sentence, walk)
      withoutScript(sentence, walk)
    },
  }
}
