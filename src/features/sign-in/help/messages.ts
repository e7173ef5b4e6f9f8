import { messages } from '#i18n/translator.ts'

export const helpMessages = messages({
  de: {
    'help.title': 'Probleme bei der Anmeldung über soziale Netzwerke',
    'help.intro':
      'Manchmal klappt die Anmeldung über Google, X oder ein anderes Netzwerk nicht. Meist liegt das nicht an Ihnen: Das Netzwerk ist gestört, oder Ihr Internetanbieter oder eine Firewall lässt es nicht durch. Ihr Profil bei uns bleibt davon unberührt.',
    'help.ways':
      '{count, plural, one {Dieser Weg führt} =2 {Diese zwei Wege führen} other {Diese # Wege führen}} ohne das Netzwerk hinein.',
    'help.see-networks': 'Wie geht es den Netzwerken gerade?',
    'help.way-back':
      'Sie sind von {network} nicht zurückgekommen. Hat es nicht geklappt? So kommen Sie trotzdem hinein.',
    'help.networks.title': 'So geht es den Netzwerken gerade',
    'help.networks.as-of': 'Stand',
    'help.networks.words': 'Haben Sie in Ihrem Profil mehrere Netzwerke verbunden, nehmen Sie eines, das funktioniert.',
    'help.networks.none': 'Zurzeit ist kein soziales Netzwerk eingerichtet.',
    'help.networks.more': 'Weitere',
    'help.state.works': 'funktioniert',
    'help.state.here': 'Bei anderen funktioniert es gerade.',
    'help.state.everybody': 'Das betrifft alle.',
    'help.start': 'Anmelden',
    'help.start-with': 'mit {network}',
    'help.check': 'Von diesem Browser aus prüfen',
    'help.check.looking': '{network} wird geprüft …',
    'help.check.reachable': '{network} ist von diesem Browser aus erreichbar.',
    'help.check.unreachable':
      'Dieser Browser erreicht {network} nicht. Das kann an Ihrem Internetanbieter, einer Firewall, einer Browser-Erweiterung oder an {network} selbst liegen.',
    'help.check.offline': 'Ihr Gerät ist gerade nicht mit dem Internet verbunden.',
    'help.prepare.title': 'Damit es beim nächsten Mal nicht hakt',
    'help.prepare.words':
      'Richten Sie in Ihrem Profil einen zweiten Weg ein, der nicht am selben Netzwerk hängt: eine bestätigte Adresse mit Passwort oder ein zweites Netzwerk.',
    'help.prepare.button': 'Zum Profil',
  },
  en: {
    'help.title': 'Problems signing in with social networks',
    'help.intro':
      'Sometimes signing in through Google, X or another network does not work. Usually this is not your fault: the network is having problems, or your internet provider or a firewall is blocking it. Your profile here is not affected.',
    'help.ways':
      '{count, plural, one {This way gets} =2 {These two ways get} other {These # ways get}} you in without the network.',
    'help.see-networks': 'Which networks are working right now?',
    'help.way-back': 'You did not come back from {network}. Did something go wrong? You can still get in.',
    'help.networks.title': 'Which networks are working right now',
    'help.networks.as-of': 'As of',
    'help.networks.words': 'If you have linked several networks to your profile, use one that is working.',
    'help.networks.none': 'No social network is set up at the moment.',
    'help.networks.more': 'More',
    'help.state.works': 'working',
    'help.state.here': 'It is working for others.',
    'help.state.everybody': 'Everyone is affected.',
    'help.start': 'Sign in',
    'help.start-with': 'with {network}',
    'help.check': 'Check from this browser',
    'help.check.looking': 'Checking {network} …',
    'help.check.reachable': '{network} can be reached from this browser.',
    'help.check.unreachable':
      'This browser cannot reach {network}. The cause may be your internet provider, a firewall, a browser extension, or {network} itself.',
    'help.check.offline': 'Your device is not connected to the internet at the moment.',
    'help.prepare.title': 'Be prepared for next time',
    'help.prepare.words':
      'In your profile, set up a second way to sign in that does not depend on the same network: a confirmed address with a password, or a second network.',
    'help.prepare.button': 'Go to your profile',
  },
})
