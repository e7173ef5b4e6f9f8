import { messages } from '#i18n/translator.ts'

export const operatorMessages = messages({
  de: {
    'mail.granted.subject': 'Sie dürfen jetzt die Verwaltung öffnen',
    'mail.granted.words': 'Am {at} wurde Ihrem Profil die Verwaltung dieses Angebots anvertraut.',
    'mail.granted.means':
      'Sie sehen dort, wie es den sozialen Netzwerken geht, und können sie von Hand abschalten. Was Sie ändern, wird aufgezeichnet.',
    'mail.granted.open': 'Verwaltung öffnen',
    'mail.revoked.subject': 'Sie dürfen die Verwaltung nicht mehr öffnen',
    'mail.revoked.words': 'Am {at} wurde Ihrem Profil die Verwaltung dieses Angebots wieder entzogen.',
    'mail.revoked.means': 'An Ihrem Profil selbst ändert sich nichts: Sie melden sich an wie bisher.',
    'mail.revoked.open': 'Profil öffnen',
    'mail.otherwise':
      'Wenn Sie damit nicht gerechnet haben, sprechen Sie bitte mit der Stelle, die dieses Angebot betreibt.',
  },
  en: {
    'mail.granted.subject': 'You now have access to the console',
    'mail.granted.words': 'On {at}, your profile was given access to the console of this service.',
    'mail.granted.means':
      'The console shows how the social networks are doing and lets you switch them off manually. Any changes you make are recorded.',
    'mail.granted.open': 'Open the console',
    'mail.revoked.subject': 'You no longer have access to the console',
    'mail.revoked.words': 'On {at}, your profile lost access to the console of this service.',
    'mail.revoked.means': 'Your profile itself has not changed: you sign in as before.',
    'mail.revoked.open': 'Open your profile',
    'mail.otherwise': 'If you did not expect this, please speak to the people who run this service.',
  },
})
