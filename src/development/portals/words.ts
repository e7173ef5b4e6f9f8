import type { Locale } from '#kernel/locale.ts'

type Words = {
  readonly about: (name: string) => string
  readonly signIn: string
  readonly welcome: (name: string) => string
  readonly told: string
  readonly name: string
  readonly email: string
  readonly subject: string
  readonly amr: string
  readonly authTime: string
  readonly untold: string
  readonly signOutEverywhere: string
  readonly signOutHere: string
  readonly profile: string
  readonly signedOut: string
  readonly signedOutWhat: string
  readonly unreachable: string
  readonly unreachableWhat: string
  readonly refused: string
  readonly refusedWhat: string
  readonly expired: string
  readonly expiredWhat: string
  readonly reference: string
  readonly again: string
  readonly home: string
  readonly notFound: string
}

export const words: Readonly<Record<Locale, Words>> = {
  de: {
    about: (name) => `${name} ist ein Beispielportal. Angemeldet wird hier über Einlass.`,
    signIn: 'Anmelden',
    welcome: (name) => `Guten Tag, ${name}`,
    told: 'Das hat Einlass diesem Portal über Sie mitgeteilt:',
    name: 'Name',
    email: 'E-Mail-Adresse',
    subject: 'Kennung (sub)',
    amr: 'Angemeldet mit (amr)',
    authTime: 'Angemeldet am (auth_time)',
    untold: 'nicht mitgeteilt',
    signOutEverywhere: 'Überall abmelden',
    signOutHere: 'Nur hier abmelden',
    profile: 'Mein Profil bei Einlass',
    signedOut: 'Sie sind abgemeldet',
    signedOutWhat: 'Sie sind bei Einlass und in allen Portalen abgemeldet.',
    unreachable: 'Die Anmeldung ist gerade nicht erreichbar',
    unreachableWhat: 'Einlass antwortet nicht. Das liegt nicht an Ihnen. Versuchen Sie es in einer Minute noch einmal.',
    refused: 'Die Anmeldung hat nicht geklappt',
    refusedWhat: 'Sie wurden nicht angemeldet. Sie können es noch einmal versuchen.',
    expired: 'Diese Anmeldung ist nicht mehr gültig',
    expiredWhat: 'Sie hat zu lange gedauert, wurde schon abgeschlossen oder in einem anderen Browser begonnen.',
    reference: 'Mitteilung von Einlass:',
    again: 'Noch einmal versuchen',
    home: 'Zur Startseite',
    notFound: 'Diese Seite gibt es nicht',
  },
  en: {
    about: (name) => `${name} is a sample portal. People sign in here through Einlass.`,
    signIn: 'Sign in',
    welcome: (name) => `Hello, ${name}`,
    told: 'Einlass shared this information with the portal:',
    name: 'Name',
    email: 'E-mail address',
    subject: 'Subject (sub)',
    amr: 'Signed in with (amr)',
    authTime: 'Signed in at (auth_time)',
    untold: 'not shared',
    signOutEverywhere: 'Sign out everywhere',
    signOutHere: 'Sign out here only',
    profile: 'My Einlass profile',
    signedOut: 'You are signed out',
    signedOutWhat: 'You are signed out of Einlass and all portals.',
    unreachable: 'Signing in is not possible at the moment',
    unreachableWhat: 'Einlass is not responding. This is not your fault. Please try again in a minute.',
    refused: 'Sign-in failed',
    refusedWhat: 'You were not signed in. You can try again.',
    expired: 'This sign-in is no longer valid',
    expiredWhat: 'It took too long, has already been completed, or was started in another browser.',
    reference: 'Message from Einlass:',
    again: 'Try again',
    home: 'Go to the home page',
    notFound: 'Page not found',
  },
}
