import { isLocale, type Locale } from '#kernel/locale.ts'

/** The first supported language of `ui_locales`, then of `Accept-Language`; else German. */
export function visitorLocale(uiLocales: string | null, acceptLanguage: string | undefined): Locale {
  const requested = (uiLocales ?? '').split(' ')
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', quality] = range.trim().split(/\s*;\s*q=/)
      return { tag, quality: Number(quality ?? 1) }
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
  return [...requested, ...accepted].map((tag) => tag.toLowerCase().split('-')[0]).find(isLocale) ?? 'de'
}
