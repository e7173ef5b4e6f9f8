import type { Locale } from '#kernel/locale.ts'

/** What every page knows about the request it answers. */
export type View = {
  locale: Locale
  csrfToken: string
  /** Path and query of this page: where the language chooser returns to. */
  path: string
  /** Where the journey goes on, when it leads somewhere. */
  continueTo?: string | undefined
  /** The portal that began the sign-in. `colour` is `#rrggbb`. */
  portal?: { name: string; colour?: string; logoUrl?: string } | undefined
  /** Name of the person whose session this is. */
  signedInAs?: string | undefined
  /** The browser script; everything works without it. */
  scriptUrl?: string | undefined
  development?: boolean | undefined
}
