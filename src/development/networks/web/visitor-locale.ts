import { isLocale, type Locale } from '#kernel/locale.ts'

/** The first language we speak among those a visitor names, `ui_locales` before `Accept-Language`; else German. */
export function visitorLocale(uiLocales: string | null, acceptLanguage: string | undefined): Locale {
  const asked = (uiLocales ?? '').split(' ')
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', quality] = range.trim().split(/\s*;\s*q=/)
      return { tag, quality: Number(quality ?? 1) }
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
  return [...asked, ...accepted].map((tag) => tag.toLowerCase().split('-')[0]).find(isLocale) ?? 'de'
}
