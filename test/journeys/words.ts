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
  usedLink: 'Dieser Link wurde schon benutzt Wenn Sie das nicht waren, sichern Sie Ihr Profil.',
  newerLink: 'Es gibt einen neueren Link',
  unknownLink: 'Diesen Link kennen wir nicht',
  newLink: 'Neuen Link schicken',
  passwordChanged: 'Ihr Passwort wurde geändert',
  // Networks in trouble
  unreachable: 'Sim Google antwortet gerade nicht. Das liegt nicht an Ihnen.',
  unreachableHere:
    'Von Ihrem Anschluss aus ist Sim Google nicht erreichbar. Das kann an Ihrem Internetanbieter, einer Firewall oder an Sim Google selbst liegen.',
  slow: 'Damit Sie nicht länger warten, haben wir den Versuch beendet. Das liegt nicht an Ihnen.',
  faulty: 'Die Antwort von Sim Google ließ sich nicht sicher prüfen.',
  error: 'Sim Google meldet einen Fehler. Das liegt nicht an Ihnen.',
  cancelled: 'Sie haben die Anmeldung bei Sim Google abgebrochen',
  cancel: 'Abbrechen',
  anyway: 'So kommen Sie trotzdem hinein:',
  notReturned: 'Sie sind von Sim Google nicht zurückgekommen. Hat es nicht geklappt? Diese Wege funktionieren:',
  reference: 'Nummer für Rückfragen:',
  tryAgain: 'Sim Google noch einmal versuchen',
  usedLast: 'zuletzt benutzt',
  // Rescue
  noPasswordYet:
    'Diese Adresse gehört zu einem Profil, das über ein soziales Netzwerk angemeldet wird. Dafür ist noch kein Passwort festgelegt.',
  setByMail: 'Passwort per E-Mail festlegen',
  withNetwork: 'Mit dem sozialen Netzwerk anmelden',
  establish: 'Passwort festlegen',
  // Profile
  link: (network: string) => `${network} verbinden`,
  linked: 'Das Netzwerk ist mit Ihrem Profil verbunden.',
  unlink: 'Trennen',
  unlinkNow: (network: string) => `${network} trennen`,
  unlinked: 'Das Netzwerk ist getrennt.',
  allDevices: 'Alle Geräte abmelden',
  lastWay: (network: string) => `Ohne ${network} bliebe Ihnen nur der Link per E-Mail.`,
  alreadyThere: 'Zu dieser Adresse gibt es schon ein Profil.',
  linkedMail: (network: string) => `${network} ist mit Ihrem Profil verbunden`,
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
  recoverySent:
    'If there is a profile for this address, an e-mail is on its way. Nothing there? Look in the spam folder.',
  another: 'Send another e-mail',
  setNew: 'Set password',
  isSet: 'Your password is set',
  toSignIn: 'To the sign-in page',
  usedLink: 'This link has been used already If that was not you, secure your profile.',
  newerLink: 'There is a newer link',
  unknownLink: 'We do not know this link',
  newLink: 'Send a new link',
  passwordChanged: 'Your password was changed',
  unreachable: 'Sim Google is not answering at the moment. It is not your fault.',
  unreachableHere:
    'Sim Google can’t be reached from your connection. The cause may be your internet provider, a firewall, or Sim Google itself.',
  slow: 'We ended the attempt so that you need not wait any longer. It is not your fault.',
  faulty: 'The answer from Sim Google could not be checked safely.',
  error: 'Sim Google reports an error. It is not your fault.',
  cancelled: 'You cancelled at Sim Google',
  cancel: 'Cancel',
  anyway: 'You can still get in:',
  notReturned: 'You did not come back from Sim Google. Did it not work? These ways do:',
  reference: 'Number for questions:',
  tryAgain: 'Try Sim Google again',
  usedLast: 'used last',
  noPasswordYet:
    'This address belongs to a profile that signs in through a social network. No password has been set for it yet.',
  setByMail: 'Set a password by e-mail',
  withNetwork: 'Sign in with the social network',
  establish: 'Set password',
  link: (network) => `Link ${network}`,
  linked: 'The network is linked to your profile.',
  unlink: 'Unlink',
  unlinkNow: (network) => `Unlink ${network}`,
  unlinked: 'The network is unlinked.',
  allDevices: 'Sign out all devices',
  lastWay: (network) => `Without ${network} only the link by e-mail would be left.`,
  alreadyThere: 'There is already a profile for this address.',
  linkedMail: (network) => `${network} is linked to your profile`,
  chooseLanguage: 'Deutsch',
  otherSignIn: 'Anmelden',
  notFound: 'This page does not exist',
  notFoundWhy: 'A character may be missing from the address, or the page has moved.',
}

export const words: Readonly<Record<Locale, Words>> = { de: german, en: english }
