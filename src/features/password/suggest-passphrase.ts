import type { Locale } from '#kernel/locale.ts'
import type { Random } from '#kernel/random.ts'

const wordCount = 5

const lists: Readonly<Record<Locale, () => Promise<readonly string[]>>> = {
  de: async () => (await import('./german-words.ts')).germanWords,
  // zxcvbn's diceware list: 7,776 words, so five have 64 bits of entropy.
  en: async () => (await import('@zxcvbn-ts/language-common')).dictionary['diceware-common'],
}

/** Five random words, such as `anker-pinsel-wolke-tiger-brot`: long, but easier to remember than random characters. */
export async function suggestPassphrase(random: Random, locale: Locale): Promise<string> {
  const list = await lists[locale]()
  return Array.from({ length: wordCount }, () => list[random.below(list.length)]).join('-')
}
