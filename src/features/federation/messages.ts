import { messages } from '#i18n/translator.ts'

export const federationMessages = messages({
  de: {
    'failed.cancelled.title': 'Anmeldung mit {network} abgebrochen',
    'failed.cancelled.words':
      'Sie haben die Anmeldung bei {network} abgebrochen, oder das Fenster wurde geschlossen. Es ist nichts geschehen.',
    'failed.refused.title': '{network} hat die Anmeldung nicht zugelassen',
    'failed.refused.words':
      '{network} hat die Anmeldung abgelehnt. Das kann an Ihrem Konto dort liegen oder an den Einstellungen dieses Angebots. Ihr Profil bei uns ist unverändert.',
    'failed.unreachable.title': '{network} ist nicht erreichbar',
    'failed.unreachable.words':
      '{network} antwortet gerade nicht. Das liegt nicht an Ihnen. Die Ursache liegt bei {network} oder bei einem Internetanbieter auf dem Weg dorthin.',
    'failed.unreachable-here.title': '{network} ist von hier nicht erreichbar',
    'failed.unreachable-here.words':
      'Von Ihrem Anschluss aus ist {network} nicht erreichbar. Das kann an Ihrem Internetanbieter, einer Firewall oder an {network} selbst liegen.',
    'failed.slow.title': '{network} antwortet zu langsam',
    'failed.slow.words':
      'Damit Sie nicht länger warten, haben wir den Versuch beendet. Das liegt nicht an Ihnen. Die Ursache liegt bei {network} oder bei einem Internetanbieter auf dem Weg dorthin.',
    'failed.nonsense.title': '{network} hat fehlerhaft geantwortet',
    'failed.nonsense.words':
      'Die Antwort von {network} ließ sich nicht sicher prüfen. Zu Ihrem Schutz haben wir den Versuch beendet. Das liegt nicht an Ihnen.',
    'failed.error.title': 'Bei {network} ist etwas schiefgegangen',
    'failed.error.words': '{network} meldet einen Fehler. Das liegt nicht an Ihnen.',
    'failed.expired.title': 'Dieser Versuch mit {network} gilt nicht mehr',
    'failed.expired.words':
      'Zu Ihrem Schutz gilt ein Versuch nur einmal und nur wenige Minuten. Es ist nichts verloren: Beginnen Sie einfach noch einmal.',
    'failed.not-this-browser.title': 'Die Anmeldung wurde woanders begonnen',
    'failed.not-this-browser.words':
      'Diese Anmeldung mit {network} begann in einem anderen Browser oder liegt zu lange zurück. Zu Ihrem Schutz geht sie nur dort weiter, wo sie begonnen hat. Beginnen Sie hier bitte neu.',
    'failed.cookies-blocked.title': 'Wir erkennen Ihren Browser nicht wieder',
    'failed.cookies-blocked.words':
      '{network} hat Sie zurückgeschickt, aber in diesem Browser ist kein Cookie von uns. Begann die Anmeldung in einem anderen Browser, machen Sie dort weiter, oder beginnen Sie hier neu. Begann sie hier, sind Cookies gesperrt: Erlauben Sie sie bitte für diese Seite in den Einstellungen Ihres Browsers. Im privaten Fenster sind sie oft gesperrt.',
    'failed.clock.title': 'Die Zeit von {network} passt nicht zu unserer',
    'failed.clock.words':
      'Die Antwort von {network} ist nach unserer Uhr abgelaufen oder noch gar nicht gültig: Eine der beiden Uhren geht falsch. Zu Ihrem Schutz haben wir den Versuch beendet. Das liegt nicht an Ihnen.',
    'failed.disabled.title': 'Anmeldung mit {network} ist abgeschaltet',
    'failed.disabled.words':
      'Wer diese Seite betreibt, hat {network} zurzeit abgeschaltet. Ihr Profil ist unverändert.',
    'failed.account-needs-proof.title': 'Bitte bestätigen Sie Ihr Profil',
    'failed.account-needs-proof.words':
      '{network} kam zu diesem Profil, bevor die Adresse bestätigt war. Zu Ihrem Schutz öffnet {network} es erst wieder, wenn Sie es einmal bestätigen: Den Link dazu haben wir an die bestätigte Adresse geschickt. Nichts da? Sehen Sie im Spam-Ordner nach.',
    'failed.account-disabled.title': 'Ihr Profil ist gesperrt',
    'failed.account-disabled.words':
      'An {network} liegt es nicht: Dieses Profil ist zurzeit gesperrt. Bitte wenden Sie sich an die Stelle, die dieses Angebot betreibt.',
    'failed.anyway': '{network} trotzdem versuchen',
    'failed.code': '{network} nennt dazu: {code}',
    'failed.retry': '{network} noch einmal versuchen',
    'failed.reference': 'Nummer für Rückfragen: {reference}',
    'network.more': 'Weitere',
    'network.link': '{network} verbinden',
    'network.used-last': 'zuletzt benutzt',
    'network.looking': '{network} wird aufgerufen …',
    'network.offline':
      'Ihr Gerät ist gerade nicht mit dem Internet verbunden. Prüfen Sie bitte WLAN oder mobile Daten.',
    'state.troubled': 'zurzeit gestört',
    'state.down': 'zurzeit nicht erreichbar',
    'state.off': 'zurzeit abgeschaltet',
    'state.since': ', seit',
    'reason.network-unreachable': 'zurzeit nicht erreichbar',
    'reason.network-slow': 'antwortet zurzeit langsam',
    'reason.network-error': 'meldet zurzeit Fehler',
    'reason.network-nonsense': 'antwortet zurzeit fehlerhaft',
    'reason.unreachable-here': 'von Ihrem Anschluss aus zurzeit nicht erreichbar',
    'reason.not-returned': 'zurzeit kommen viele nicht zurück',
    'reason.just-failed': 'hat zuletzt nicht geklappt',
  },
  en: {
    'failed.cancelled.title': 'Sign-in with {network} was cancelled',
    'failed.cancelled.words':
      'You cancelled the sign-in at {network}, or the window was closed. Nothing has happened to your profile.',
    'failed.refused.title': '{network} did not allow the sign-in',
    'failed.refused.words':
      '{network} declined the sign-in. The cause may be your account there or the settings of this service. Your profile here is unchanged.',
    'failed.unreachable.title': '{network} cannot be reached',
    'failed.unreachable.words':
      '{network} is not responding at the moment. This is not your fault. The cause lies with {network} or with an internet provider along the way.',
    'failed.unreachable-here.title': '{network} cannot be reached from here',
    'failed.unreachable-here.words':
      '{network} cannot be reached from your connection. The cause may be your internet provider, a firewall, or {network} itself.',
    'failed.slow.title': '{network} is responding too slowly',
    'failed.slow.words':
      'We stopped the attempt so that you do not have to wait any longer. This is not your fault. The cause lies with {network} or with an internet provider along the way.',
    'failed.nonsense.title': '{network} sent a faulty response',
    'failed.nonsense.words':
      'The response from {network} could not be verified. For your protection, we stopped the attempt. This is not your fault.',
    'failed.error.title': 'Something went wrong at {network}',
    'failed.error.words': '{network} is reporting an error. This is not your fault.',
    'failed.expired.title': 'This attempt with {network} is no longer valid',
    'failed.expired.words':
      'For your protection, an attempt works only once and only for a few minutes. Nothing is lost: just start again.',
    'failed.not-this-browser.title': 'This sign-in started somewhere else',
    'failed.not-this-browser.words':
      'This sign-in with {network} started in another browser, or too long ago. For your protection, it can only continue where it started. Please start again here.',
    'failed.cookies-blocked.title': 'We do not recognise your browser',
    'failed.cookies-blocked.words':
      '{network} sent you back, but this browser has no cookie from us. If the sign-in started in another browser, continue there, or start again here. If it started here, cookies are blocked: please allow them for this site in your browser’s settings. Private windows often block them.',
    'failed.clock.title': 'Our clock and that of {network} do not agree',
    'failed.clock.words':
      'By our clock, the response from {network} has expired or is not valid yet: one of the two clocks is wrong. For your protection, we stopped the attempt. This is not your fault.',
    'failed.disabled.title': 'Sign-in with {network} is switched off',
    'failed.disabled.words':
      'The people who run this site have switched {network} off for now. Your profile is unchanged.',
    'failed.account-needs-proof.title': 'Please confirm your profile',
    'failed.account-needs-proof.words':
      '{network} was linked to this profile before its address was confirmed. For your protection, {network} works again only after you have confirmed it once: we have sent a link to the confirmed address. Nothing there? Check your spam folder.',
    'failed.account-disabled.title': 'Your profile is locked',
    'failed.account-disabled.words':
      '{network} is not the cause: this profile is locked at the moment. Please contact the people who run this service.',
    'failed.anyway': 'Try {network} anyway',
    'failed.code': 'Reason given by {network}: {code}',
    'failed.retry': 'Try {network} again',
    'failed.reference': 'Reference number: {reference}',
    'network.more': 'More',
    'network.link': 'Link {network}',
    'network.used-last': 'last used',
    'network.looking': 'Contacting {network} …',
    'network.offline': 'Your device is not connected to the internet. Please check your Wi-Fi or mobile data.',
    'state.troubled': 'having problems',
    'state.down': 'unreachable',
    'state.off': 'switched off for now',
    'state.since': ' since',
    'reason.network-unreachable': 'unreachable',
    'reason.network-slow': 'slow to respond',
    'reason.network-error': 'reporting errors',
    'reason.network-nonsense': 'sending faulty responses',
    'reason.unreachable-here': 'unreachable from your connection',
    'reason.not-returned': 'many sign-ins there have gone unfinished',
    'reason.just-failed': 'did not work last time',
  },
})
