import type { Locale } from '../../src/kernel/locale.ts'

/**
 * What people read and press, written down a second time on purpose: these sentences carry the product, and whoever
 * changes one of them shall notice.
 */
const german = {
  // Portals
  signIn: 'Anmelden',
  hello: (name: string) => `Guten Tag, ${name}`,
  signOutEverywhere: 'Überall abmelden',
  signOutHere: 'Nur hier abmelden',
  portalSignedOut: 'Sie sind bei Einlass und in allen Portalen abgemeldet.',
  // Sign-up
  towards: (portal: string) => `Weiter zu ${portal}`,
  noProfile: 'Profil anlegen',
  createProfile: 'Profil anlegen',
  email: 'E-Mail-Adresse',
  goOn: 'Weiter',
  name: 'Name',
  newPassword: 'Neues Passwort',
  signUpSent: 'ist unterwegs. Öffnen Sie den Link darin, dann geht es weiter.',
  spam: 'Nichts da? Sehen Sie im Spam-Ordner nach.',
  accepted: 'Der Mailserver hat die E-Mail angenommen.',
  tooShort: 'Das Passwort ist zu kurz. Es braucht mindestens 15 Zeichen.',
  // Sign-in
  identifier: 'E-Mail-Adresse oder Telefonnummer',
  password: 'Passwort',
  notRight:
    'Adresse oder Passwort stimmt nicht. Falls Sie sich bisher nur über ein soziales Netzwerk angemeldet haben, ist noch kein Passwort festgelegt: „Passwort vergessen“ richtet eines ein.',
  yourPortals: 'Ihre Portale',
  signOut: 'Abmelden',
  signOutQuestion: 'Abmelden?',
  signedOut: 'Sie sind abgemeldet',
  // Recovery
  forgot: 'Passwort vergessen?',
  sendLink: 'Link schicken',
  recoverySent:
    'Wenn es zu dieser Adresse ein Profil gibt, ist eine E-Mail unterwegs. Nichts da? Sehen Sie im Spam-Ordner nach.',
  another: 'Noch eine E-Mail schicken',
  setNew: 'Passwort setzen',
  isSet: 'Ihr Passwort ist gesetzt',
  toSignIn: 'Zur Anmeldung',
  usedLink: 'Dieser Link wurde schon benutzt. Wenn Sie das nicht waren, sichern Sie Ihr Profil.',
  newerLink: 'Es gibt einen neueren Link',
  unknownLink: 'Diesen Link kennen wir nicht',
  newLink: 'Neuen Link schicken',
  passwordChanged: 'Ihr Passwort wurde geändert',
  // Other
  chooseLanguage: 'English',
  otherSignIn: 'Sign in',
  notFound: 'Diese Seite gibt es nicht',
  notFoundWhy: 'Vielleicht fehlt in der Adresse ein Zeichen, oder die Seite ist umgezogen.',
}

export type Words = typeof german

const english: Words = {
  signIn: 'Sign in',
  hello: (name) => `Hello, ${name}`,
  signOutEverywhere: 'Sign out everywhere',
  signOutHere: 'Sign out only here',
  portalSignedOut: 'You are signed out of Einlass and of all portals.',
  towards: (portal) => `Continue to ${portal}`,
  noProfile: 'Create a profile',
  createProfile: 'Create profile',
  email: 'E-mail address',
  goOn: 'Continue',
  name: 'Name',
  newPassword: 'New password',
  signUpSent: 'is on its way. Open the link in it to continue.',
  spam: 'Nothing there? Look in the spam folder.',
  accepted: 'The mail server has accepted the e-mail.',
  tooShort: 'The password is too short. It needs at least 15 characters.',
  identifier: 'E-mail address or phone number',
  password: 'Password',
  notRight:
    'The address or the password is not right. If you have only signed in through a social network so far, no password has been set yet: “Forgot password” sets one up.',
  yourPortals: 'Your portals',
  signOut: 'Sign out',
  signOutQuestion: 'Sign out?',
  signedOut: 'You are signed out',
  forgot: 'Forgot password?',
  sendLink: 'Send link',
  recoverySent: 'If there is a profile for this address, an e-mail is on its way. Nothing there? Look in the spam folder.',
  another: 'Send another e-mail',
  setNew: 'Set password',
  isSet: 'Your password is set',
  toSignIn: 'To the sign-in page',
  usedLink: 'This link has been used already. If that was not you, secure your profile.',
  newerLink: 'There is a newer link',
  unknownLink: 'We do not know this link',
  newLink: 'Send a new link',
  passwordChanged: 'Your password was changed',
  chooseLanguage: 'Deutsch',
  otherSignIn: 'Anmelden',
  notFound: 'This page does not exist',
  notFoundWhy: 'A character may be missing from the address, or the page has moved.',
}

export const words: Readonly<Record<Locale, Words>> = { de: german, en: english }
