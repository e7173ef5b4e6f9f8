import type { Locale } from '#kernel/locale.ts'

/** What every page knows about its request. */
export type View = {
  locale: Locale
  csrfToken: string
  /** Path and query of this page, for the language chooser to return to. */
  path: string
  /** Where to continue afterwards, if there is a destination. */
  continueTo?: string | undefined
  /** The portal that started the sign-in. `colour` is `#rrggbb`. */
  portal?: { name: string; colour?: string; logoUrl?: string } | undefined
  /** Name of the signed-in person. */
  signedInAs?: string | undefined
  /** The browser script; everything works without it. */
  scriptUrl?: string | undefined
  development?: boolean | undefined
}
