import type { Locale } from '#kernel/locale.ts'
import type { Random } from '#kernel/random.ts'

const words = 5

const lists: Readonly<Record<Locale, () => Promise<readonly string[]>>> = {
  de: async () => (await import('./german-words.ts')).germanWords,
  // zxcvbn's diceware list: 7,776 words, five of them are 64 bits.
  en: async () => (await import('@zxcvbn-ts/language-common')).dictionary['diceware-common'],
}

/** Five words drawn by chance, such as `anker-pinsel-wolke-tiger-brot`: long, and easier to keep than signs. */
export async function suggestPassphrase(random: Random, locale: Locale): Promise<string> {
  const list = await lists[locale]()
  return Array.from({ length: words }, () => list[random.below(list.length)]).join('-')
}
