import type { FastifyRequest } from 'fastify'
import { isLocale, type Locale } from '#kernel/locale.ts'

/** The first supported language of a list such as `en-GB de` or `fr;q=0.9,en;q=0.8`, which is ordered by weight. */
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

/** The person's choice, else the portal's `ui_locales`, else the browser's preference, else German. */
export function languageOf(request: FastifyRequest, chosen: string | undefined): Locale {
  if (isLocale(chosen)) return chosen
  const { ui_locales: uiLocales } = request.query as { ui_locales?: unknown }
  const requested = typeof uiLocales === 'string' ? preferred(uiLocales) : undefined
  return requested ?? preferred(request.headers['accept-language']) ?? 'de'
}
