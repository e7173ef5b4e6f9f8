import type { FastifyRequest } from 'fastify'
import { isLocale, type Locale } from '#kernel/locale.ts'

/** The first of the languages named that we speak: `en-GB de` or `fr;q=0.9,en;q=0.8` (in the order of their weight). */
function preferred(tags: string | undefined): Locale | undefined {
  const weighted = (tags ?? '')
    .slice(0, 500)
    .split(/[\s,]+/)
    .map((tag) => {
      const [name = '', quality] = tag.split(';q=')
      return { language: name.toLowerCase().split('-')[0], weight: quality === undefined ? 1 : Number(quality) || 0 }
    })
  weighted.sort((a, b) => b.weight - a.weight)
  return weighted.map((entry) => entry.language).find(isLocale)
}

/** What the person chose, else what the portal asks for (`ui_locales`), else what the browser prefers, else German. */
export function languageOf(request: FastifyRequest, chosen: string | undefined): Locale {
  if (isLocale(chosen)) return chosen
  const { ui_locales: uiLocales } = request.query as { ui_locales?: unknown }
  const asked = typeof uiLocales === 'string' ? preferred(uiLocales) : undefined
  return asked ?? preferred(request.headers['accept-language']) ?? 'de'
}
