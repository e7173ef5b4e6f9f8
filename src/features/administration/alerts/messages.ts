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
    'incident.began.subject': '{network} has trouble',
    'incident.began.words': 'Since {since}, signing in with {network} does not work as usual: {reason}.',
    'incident.turned.subject': '{network} cannot be reached',
    'incident.turned.words': 'It has become worse. {network} has had trouble since {since}, and now {reason}.',
    'incident.ended.subject': '{network} works again',
    'incident.ended.words':
      'The trouble that began {since} is over. It lasted {minutes, plural, one {one minute} other {# minutes}}.',
    'incident.meanwhile':
      'Whoever wants to sign in is shown other ways. If the network cannot be reached, somebody tries every few seconds whether it is back.',
    'findings.subject': '{network}: please have a look',
    'findings.words':
      'The daily check of {network} has found something that you should take care of. The console tells what it is.',
    open: 'See it in the console',
    'why-me': 'You get this e-mail because your profile is entrusted with the console of this service.',
    'reason.unreachable': 'our server cannot reach the network',
    'reason.slow': 'the network answers too slowly',
    'reason.nonsense': 'the answers of the network cannot be understood',
    'reason.error': 'the network reports errors',
    'reason.refused': 'the network does not accept our application; its secret may have expired',
    'reason.clock': 'the clock of the network and ours do not agree',
    'reason.unreachable-here': 'many browsers cannot reach the network',
    'reason.not-returned': 'many people do not come back from the network',
    'reason.other': 'it does not answer as expected',
  },
})
