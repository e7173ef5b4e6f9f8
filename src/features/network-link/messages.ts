import { messages } from '#i18n/translator.ts'

export const networkLinkMessages = messages({
  de: {
    'confirm.title': '{network} für Ihr Profil bestätigen?',
    'confirm.words':
      '{network} kam zu Ihrem Profil, bevor diese Adresse bestätigt war. Bestätigen Sie nur, wenn Sie selbst {network} verbunden haben. Danach kann man sich damit wieder in Ihrem Profil anmelden.',
    'confirm.submit': 'Ja, ich habe {network} verbunden',
    'confirm.not-mine': 'Nein, so lassen',
    'confirm.done.title': '{network} ist bestätigt',
    'confirm.done.words': '{network} öffnet Ihr Profil jetzt wieder.',
    'confirm.done.submit': 'Mit {network} anmelden',
    'confirm.used.title': 'Dieser Link wurde schon benutzt',
    'confirm.used.words': 'Das Netzwerk ist bestätigt. Sie können sich damit anmelden.',
    'confirm.expired.title': 'Dieser Link ist abgelaufen',
    'confirm.expired.words':
      'Zu Ihrem Schutz gilt ein Link höchstens 24 Stunden. Melden Sie sich noch einmal mit dem Netzwerk an, dann kommt ein neuer.',
    'confirm.superseded.title': 'Es gibt einen neueren Link',
    'confirm.superseded.words':
      'Seit dieser E-Mail kam eine neuere, oder Ihr Profil hat sich geändert. Nur der Link aus der neuesten E-Mail gilt.',
    'confirm.unknown.title': 'Diesen Link kennen wir nicht',
    'confirm.unknown.words':
      'Vielleicht wurde er beim Kopieren abgeschnitten. Öffnen Sie ihn noch einmal aus der E-Mail.',
    'confirm.sign-in': 'Anmelden',
    'problem.network-link.mail-not-valid': 'Dieser Link gilt nicht mehr.',
    'mail.confirm.subject': '{network} für Ihr Profil bestätigen',
    'mail.confirm.words':
      'Jemand hat sich mit {network} in Ihrem Profil anmelden wollen. {network} kam zu dem Profil, bevor diese Adresse bestätigt war, und öffnet es deshalb erst wieder, wenn Sie es bestätigen.',
    'mail.confirm.valid': 'Der Link gilt {hours, plural, one {eine Stunde} other {# Stunden}} und nur einmal.',
    'mail.confirm.button': '{network} bestätigen',
    'mail.confirm.otherwise':
      'Wenn Sie {network} nicht selbst verbunden haben, bestätigen Sie nichts und trennen Sie {network} in Ihrem Profil.',
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
    'confirm.title': 'Confirm {network} for your profile?',
    'confirm.words':
      '{network} was linked to your profile before this address was confirmed. Confirm only if you linked {network} yourself. It can then be used to sign in to your profile again.',
    'confirm.submit': 'Yes, I linked {network}',
    'confirm.not-mine': 'No, leave it as it is',
    'confirm.done.title': '{network} is confirmed',
    'confirm.done.words': 'You can sign in to your profile with {network} again.',
    'confirm.done.submit': 'Sign in with {network}',
    'confirm.used.title': 'This link has already been used',
    'confirm.used.words': 'The network is confirmed. You can sign in with it.',
    'confirm.expired.title': 'This link has expired',
    'confirm.expired.words':
      'For your protection, a link works for at most 24 hours. Sign in with the network again to get a new one.',
    'confirm.superseded.title': 'There is a newer link',
    'confirm.superseded.words':
      'A newer e-mail has been sent since this one, or your profile has changed. Only the link in the newest e-mail works.',
    'confirm.unknown.title': 'We do not recognise this link',
    'confirm.unknown.words': 'It may have been cut off when it was copied. Open it from the e-mail again.',
    'confirm.sign-in': 'Sign in',
    'problem.network-link.mail-not-valid': 'This link no longer works.',
    'mail.confirm.subject': 'Confirm {network} for your profile',
    'mail.confirm.words':
      'Someone tried to sign in to your profile with {network}. {network} was linked to the profile before this address was confirmed, so it only works again once you confirm it.',
    'mail.confirm.valid': 'The link works for {hours, plural, one {one hour} other {# hours}} and only once.',
    'mail.confirm.button': 'Confirm {network}',
    'mail.confirm.otherwise':
      'If you did not link {network} yourself, do not confirm anything, and unlink {network} in your profile.',
    'mail.linked.subject': '{network} was linked to your profile',
    'mail.linked.words': 'On {at}, {network} was linked to your profile. You can now sign in with it too.',
    'mail.unlinked.subject': '{network} was unlinked from your profile',
    'mail.unlinked.words':
      'On {at}, {network} was unlinked from your profile. It can no longer be used to sign in here.',
    'mail.fine': 'If that was you, there is nothing you need to do.',
    'mail.not-me': 'That was not me: secure my profile',
    'mail.otherwise':
      'If this was not you, use this link to set a new password right away. All devices will then be signed out. After that, check the social networks in your profile.',
  },
})
