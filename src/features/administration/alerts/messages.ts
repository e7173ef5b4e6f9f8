import { messages } from '#i18n/translator.ts'

export const alertMessages = messages({
  de: {
    'incident.began.subject': '{network} ist gestört',
    'incident.began.words': 'Seit {since} klappt die Anmeldung mit {network} nicht wie sonst: {reason}.',
    'incident.turned.subject': '{network} ist nicht erreichbar',
    'incident.turned.words': 'Es ist schlimmer geworden. Seit {since} ist {network} gestört, jetzt: {reason}.',
    'incident.ended.subject': '{network} funktioniert wieder',
    'incident.ended.words':
      'Die Störung, die {since} begann, ist vorbei. Sie dauerte {minutes, plural, one {eine Minute} other {# Minuten}}.',
    'incident.meanwhile':
      'Wer sich anmelden will, wird auf andere Wege hingewiesen. Ist das Netzwerk nicht erreichbar, probiert alle paar Sekunden jemand, ob es wieder geht.',
    'findings.subject': '{network}: bitte ansehen',
    'findings.words':
      'Die tägliche Prüfung von {network} hat etwas gefunden, um das Sie sich kümmern sollten. In der Verwaltung steht, was es ist.',
    open: 'In der Verwaltung ansehen',
    'why-me': 'Sie bekommen diese E-Mail, weil Ihrem Profil die Verwaltung dieses Angebots anvertraut ist.',
    'reason.unreachable': 'unser Server erreicht das Netzwerk nicht',
    'reason.slow': 'das Netzwerk antwortet zu langsam',
    'reason.nonsense': 'die Antworten des Netzwerks sind nicht zu verstehen',
    'reason.error': 'das Netzwerk meldet Fehler',
    'reason.refused': 'das Netzwerk lehnt unsere Anwendung ab; vielleicht ist das Geheimnis abgelaufen',
    'reason.clock': 'die Uhr des Netzwerks und unsere gehen auseinander',
    'reason.unreachable-here': 'viele Browser erreichen das Netzwerk nicht',
    'reason.not-returned': 'viele Menschen kommen vom Netzwerk nicht zurück',
    'reason.other': 'es antwortet nicht wie erwartet',
  },
  en: {
    'incident.began.subject': '{network} is having problems',
    'incident.began.words': 'Since {since}, signing in with {network} has not been working as usual: {reason}.',
    'incident.turned.subject': '{network} cannot be reached',
    'incident.turned.words':
      'The problem has got worse. {network} has been having problems since {since}, and now {reason}.',
    'incident.ended.subject': '{network} is working again',
    'incident.ended.words':
      'The problem that began on {since} is over. It lasted {minutes, plural, one {one minute} other {# minutes}}.',
    'incident.meanwhile':
      'People who want to sign in are shown other ways. If the network cannot be reached, one attempt is let through every few seconds to see whether it is back.',
    'findings.subject': '{network}: please have a look',
    'findings.words':
      'The daily check of {network} has found something that needs your attention. See the console for details.',
    open: 'View in the console',
    'why-me': 'You are receiving this e-mail because your profile has access to the console of this service.',
    'reason.unreachable': 'our server cannot reach the network',
    'reason.slow': 'the network is responding too slowly',
    'reason.nonsense': 'the network’s responses cannot be understood',
    'reason.error': 'the network is reporting errors',
    'reason.refused': 'the network is rejecting our application; its secret may have expired',
    'reason.clock': 'the network’s clock and ours do not agree',
    'reason.unreachable-here': 'many browsers cannot reach the network',
    'reason.not-returned': 'many people are not coming back from the network',
    'reason.other': 'it is not responding as expected',
  },
})
