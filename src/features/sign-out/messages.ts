import { messages } from '#i18n/translator.ts'

export const signOutMessages = messages({
  de: {
    'signed-out.title': 'Sie sind abgemeldet',
    'signed-out.words':
      'Auf diesem Gerät ist niemand mehr angemeldet. An einem fremden Computer schließen Sie jetzt auch das Browserfenster.',
    'signed-out.again': 'Wieder anmelden',
    'sign-out.title': 'Abmelden?',
    'sign-out.words': 'Sie werden auf diesem Gerät abgemeldet.',
    'sign-out.portals': 'Dann sind Sie auch in diesen Portalen abgemeldet:',
    'sign-out.submit': 'Abmelden',
    'sign-out.stay': 'Angemeldet bleiben',
  },
  en: {
    'signed-out.title': 'You are signed out',
    'signed-out.words':
      'No one is signed in on this device any more. If this is not your own computer, close the browser window too.',
    'signed-out.again': 'Sign in again',
    'sign-out.title': 'Sign out?',
    'sign-out.words': 'You will be signed out on this device.',
    'sign-out.portals': 'You will also be signed out of these portals:',
    'sign-out.submit': 'Sign out',
    'sign-out.stay': 'Stay signed in',
  },
})
