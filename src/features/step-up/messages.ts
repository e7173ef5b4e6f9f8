import { messages } from '#i18n/translator.ts'

export const stepUpMessages = messages({
  de: {
    'step-up.title': 'Bitte bestätigen Sie, dass Sie es sind',
    'step-up.words':
      'Für diesen Schritt brauchen wir eine frische Anmeldung. Danach geht es dort weiter, wo Sie waren.',
    'step-up.password': 'Passwort',
    'step-up.submit': 'Bestätigen',
    'step-up.networks': 'oder mit einem sozialen Netzwerk',
    'step-up.mail-words':
      'Geht das gerade nicht? Legen Sie per E-Mail ein Passwort fest, und melden Sie sich damit neu an.',
    'step-up.mail': 'Passwort per E-Mail festlegen',
    'step-up.none': 'Zurzeit geht keiner Ihrer Wege. Bitte versuchen Sie es später noch einmal.',
    'step-up.cancel': 'Zurück zum Profil',
    'problem.step-up.not-fresh':
      'Das Netzwerk hat Sie ohne neue Anmeldung zurückgeschickt. Melden Sie sich dort bitte ab, und versuchen Sie es noch einmal.',
    'problem.step-up.not-linked':
      'Das Konto, mit dem Sie beim Netzwerk angemeldet sind, ist nicht mit diesem Profil verbunden. Nehmen Sie dort bitte das andere.',
    'problem.step-up.failed': 'Das Netzwerk hat die Verbindung nicht bestätigt. Es hat sich nichts geändert.',
    'problem.sign-in.not-right': 'Das Passwort stimmt nicht. Bitte versuchen Sie es noch einmal.',
    'problem.sign-in.too-many': 'Es gab viele Versuche in kurzer Zeit. Bitte warten Sie {wait}.',
    'problem.sign-in.busy': 'Im Augenblick ist sehr viel los. Bitte versuchen Sie es in {wait} noch einmal.',
    'problem.sign-in.password-missing': 'Bitte geben Sie Ihr Passwort ein.',
  },
  en: {
    'step-up.title': 'Please confirm that it is you',
    'step-up.words': 'Please sign in again for this step. You can then continue where you left off.',
    'step-up.password': 'Password',
    'step-up.submit': 'Confirm',
    'step-up.networks': 'or with a social network',
    'step-up.mail-words': 'Is that not possible right now? Set a password by e-mail, then sign in with it.',
    'step-up.mail': 'Set a password by e-mail',
    'step-up.none': 'None of your ways to sign in is working at the moment. Please try again later.',
    'step-up.cancel': 'Back to your profile',
    'problem.step-up.not-fresh':
      'The network sent you back without asking you to sign in again. Please sign out there and try again.',
    'problem.step-up.not-linked':
      'The network account you are signed in with is not linked to this profile. Please use the one that is.',
    'problem.step-up.failed': 'The network did not confirm the link. Nothing has changed.',
    'problem.sign-in.not-right': 'The password is not right. Please try again.',
    'problem.sign-in.too-many': 'There have been many attempts in a short time. Please wait {wait}.',
    'problem.sign-in.busy': 'We are very busy right now. Please try again in {wait}.',
    'problem.sign-in.password-missing': 'Please enter your password.',
  },
})
