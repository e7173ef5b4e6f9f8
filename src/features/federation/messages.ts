import { messages } from '#i18n/translator.ts'

export const federationMessages = messages({
  de: {
    'mail.linked.subject': '{network} ist mit Ihrem Profil verbunden',
    'mail.linked.words':
      'Am {at} wurde {network} mit Ihrem Profil verbunden. Sie können sich jetzt auch damit anmelden.',
    'mail.unlinked.subject': '{network} ist von Ihrem Profil getrennt',
    'mail.unlinked.words':
      'Am {at} wurde {network} von Ihrem Profil getrennt. Damit kann man sich hier nicht mehr anmelden.',
    'mail.fine': 'Wenn Sie das waren, ist alles in Ordnung.',
    'mail.not-me': 'Das war ich nicht: Profil sichern',
    'mail.otherwise':
      'Wenn Sie das nicht waren, setzen Sie über diesen Link sofort ein neues Passwort. Dann werden alle Geräte abgemeldet. Prüfen Sie danach in Ihrem Profil die sozialen Netzwerke.',
  },
  en: {
    'mail.linked.subject': '{network} is linked to your profile',
    'mail.linked.words': 'On {at}, {network} was linked to your profile. You can now sign in with it too.',
    'mail.unlinked.subject': '{network} is unlinked from your profile',
    'mail.unlinked.words': 'On {at}, {network} was unlinked from your profile. It no longer lets anybody in here.',
    'mail.fine': 'If that was you, all is well.',
    'mail.not-me': 'That was not me: secure my profile',
    'mail.otherwise':
      'If this was not you, use this link to set a new password at once. All devices will then be signed out. Afterwards check the social networks in your profile.',
  },
})
