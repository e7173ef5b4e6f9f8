import { messages } from '#i18n/translator.ts'

export const portalMessages = messages({
  de: {
    'portals.title': 'Ihre Portale',
    'portals.greeting': 'Guten Tag, {name}. Wohin möchten Sie?',
    'portals.empty.title': 'Noch kein Portal',
    'portals.empty.words':
      'Ihr Profil ist noch für kein Portal freigegeben. Bitten Sie die Stelle, die das Portal betreibt, um eine Einladung an Ihre Adresse.',
    'portals.empty.profile': 'Zum Profil',
    'refused.title': '{portal} ist für Sie nicht freigegeben',
    'refused.words':
      'Sie sind angemeldet, aber Ihr Profil darf {portal} nicht öffnen. Das entscheidet die Stelle, die {portal} betreibt. Bitten Sie dort um eine Einladung.',
    'refused.other': 'Haben Sie mehrere Profile, melden Sie sich ab und mit dem anderen wieder an.',
    'refused.portals': 'Zu Ihren Portalen',
    'refused.sign-out': 'Abmelden',
  },
  en: {
    'portals.title': 'Your portals',
    'portals.greeting': 'Hello, {name}. Where would you like to go?',
    'portals.empty.title': 'No portal yet',
    'portals.empty.words':
      'Your profile does not have access to any portal yet. Ask the people who run the portal to invite your address.',
    'portals.empty.profile': 'Go to your profile',
    'refused.title': 'You do not have access to {portal}',
    'refused.words':
      'You are signed in, but your profile may not open {portal}. The people who run {portal} decide this. Please ask them for an invitation.',
    'refused.other': 'If you have several profiles, sign out and sign in with another one.',
    'refused.portals': 'Go to your portals',
    'refused.sign-out': 'Sign out',
  },
})
