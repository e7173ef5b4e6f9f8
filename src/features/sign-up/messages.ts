import { messages } from '#i18n/translator.ts'

export const signUpMessages = messages({
  de: {
    'start.title': 'Profil anlegen',
    'start.intro': 'Mit einem Profil öffnen Sie alle Portale. Zuerst schicken wir einen Link an Ihre Adresse.',
    'start.identifier': 'E-Mail-Adresse',
    'start.submit': 'Weiter',
    'start.networks': 'oder mit einem sozialen Netzwerk',
    'start.sign-in': 'Schon ein Profil? Anmelden',
    'sent.title': 'Sehen Sie in Ihr Postfach',
    'sent.failed': 'Die E-Mail kam nicht an',
    'sent.address': 'Adresse: {identifier}',
    'sent.words': 'Eine E-Mail an {identifier} ist unterwegs. Öffnen Sie den Link darin, dann geht es weiter.',
    'sent.spam': 'Nichts da? Sehen Sie im Spam-Ordner nach.',
    'sent.resend': 'Noch eine E-Mail schicken',
    'sent.newest': 'Es gilt immer nur der Link aus der neuesten E-Mail.',
    'sent.other-address': 'Andere Adresse verwenden',
    'complete.title': 'Fast fertig',
    'complete.words': 'Ihre Adresse {identifier} ist bestätigt, sobald Sie das Profil anlegen.',
    'complete.name': 'Name',
    'complete.name-hint': 'So zeigen wir Sie in den Portalen.',
    'complete.submit': 'Profil anlegen',
    'link-problem.used.title': 'Dieser Link wurde schon benutzt',
    'link-problem.used.words':
      'Ihr Profil ist also schon angelegt. Melden Sie sich an. Wenn Sie das nicht waren, fordern Sie einen neuen Link an und setzen ein eigenes Passwort.',
    'link-problem.expired.title': 'Dieser Link ist abgelaufen',
    'link-problem.expired.words': 'Zu Ihrem Schutz gilt ein Link höchstens 24 Stunden. Wir schicken gern einen neuen.',
    'link-problem.superseded.title': 'Es gibt einen neueren Link',
    'link-problem.superseded.words':
      'Wir haben Ihnen danach noch eine E-Mail geschickt. Nur der Link aus der neuesten gilt.',
    'link-problem.unknown.title': 'Diesen Link kennen wir nicht',
    'link-problem.unknown.words':
      'Vielleicht wurde er beim Kopieren abgeschnitten. Öffnen Sie ihn noch einmal aus der E-Mail, oder fordern Sie einen neuen an.',
    'link-problem.new': 'Neuen Link schicken',
    'link-problem.sign-in': 'Zur Anmeldung',
    'link-problem.recover': 'Passwort neu setzen',
    'mail.verify.subject': 'Ihre Adresse bestätigen',
    'mail.verify.words': 'Jemand möchte mit dieser Adresse ein Profil anlegen. Wenn Sie das sind, geht es hier weiter:',
    'mail.verify.valid':
      'Der Link gilt {hours, plural, one {eine Stunde} other {# Stunden}} und nur einmal. Erst danach gibt es ein Profil.',
    'mail.verify.button': 'Adresse bestätigen',
    'mail.verify.otherwise': 'Wenn Sie das nicht waren, müssen Sie nichts tun. Dann entsteht kein Profil.',
    'mail.registered.subject': 'Sie haben schon ein Profil',
    'mail.registered.words':
      'Jemand wollte mit dieser Adresse ein Profil anlegen. Es gibt aber schon eines. Wenn Sie das waren, melden Sie sich einfach an.',
    'mail.registered.recover':
      'Passwort vergessen, oder bisher nur über ein soziales Netzwerk angemeldet? Auf der Anmeldeseite hilft „Passwort vergessen“.',
    'mail.registered.button': 'Zur Anmeldung',
    'mail.registered.otherwise':
      'Wenn Sie das nicht waren, müssen Sie nichts tun. An Ihrem Profil hat sich nichts geändert.',
    'problem.sign-up.too-many': 'Es gab viele Versuche in kurzer Zeit. Bitte warten Sie {wait}, dann geht es weiter.',
    'problem.sign-up.identifier-missing': 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
    'problem.sign-up.identifier-malformed':
      'Das sieht nicht wie eine E-Mail-Adresse aus. Sie hat die Form name@beispiel.de.',
    'problem.sign-up.name-malformed': 'Der Name ist zu lang oder enthält Zeichen, die wir nicht anzeigen können.',
    'problem.sign-up.link-not-valid': 'Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an.',
    'problem.sign-up.name-missing': 'Bitte geben Sie einen Namen ein.',
  },
  en: {
    'start.title': 'Create a profile',
    'start.intro': 'One profile opens all portals. First, we will send a link to your address.',
    'start.identifier': 'E-mail address',
    'start.submit': 'Continue',
    'start.networks': 'or with a social network',
    'start.sign-in': 'Already have a profile? Sign in',
    'sent.title': 'Check your e-mail',
    'sent.failed': 'The e-mail could not be delivered',
    'sent.address': 'Address: {identifier}',
    'sent.words': 'An e-mail to {identifier} is on its way. Open the link in it to continue.',
    'sent.spam': 'Nothing there? Check your spam folder.',
    'sent.resend': 'Send another e-mail',
    'sent.newest': 'Only the link in the newest e-mail works.',
    'sent.other-address': 'Use another address',
    'complete.title': 'Almost done',
    'complete.words': 'Creating your profile also confirms your address {identifier}.',
    'complete.name': 'Name',
    'complete.name-hint': 'Portals will show you by this name.',
    'complete.submit': 'Create profile',
    'link-problem.used.title': 'This link has already been used',
    'link-problem.used.words':
      'This means that your profile already exists. Please sign in. If that was not you, request a new link and set a password of your own.',
    'link-problem.expired.title': 'This link has expired',
    'link-problem.expired.words':
      'For your protection, a link works for at most 24 hours. We will gladly send you a new one.',
    'link-problem.superseded.title': 'There is a newer link',
    'link-problem.superseded.words':
      'We sent you another e-mail after this one. Only the link in the newest one works.',
    'link-problem.unknown.title': 'We do not recognise this link',
    'link-problem.unknown.words':
      'It may have been cut off when it was copied. Open it from the e-mail again, or request a new one.',
    'link-problem.new': 'Send a new link',
    'link-problem.sign-in': 'Go to sign-in',
    'link-problem.recover': 'Set a new password',
    'mail.verify.subject': 'Confirm your address',
    'mail.verify.words': 'Someone wants to create a profile with this address. If that is you, continue here:',
    'mail.verify.valid':
      'The link works for {hours, plural, one {one hour} other {# hours}} and only once. No profile is created until you use it.',
    'mail.verify.button': 'Confirm address',
    'mail.verify.otherwise': 'If this was not you, you do not need to do anything. No profile will be created.',
    'mail.registered.subject': 'You already have a profile',
    'mail.registered.words':
      'Someone tried to create a profile with this address, but there already is one. If that was you, just sign in.',
    'mail.registered.recover':
      'Forgot your password, or only signed in through a social network so far? Use “Forgot password” on the sign-in page.',
    'mail.registered.button': 'Go to sign-in',
    'mail.registered.otherwise':
      'If this was not you, you do not need to do anything. Nothing in your profile has changed.',
    'problem.sign-up.too-many': 'There have been many attempts in a short time. Please wait {wait}, then continue.',
    'problem.sign-up.identifier-missing': 'Please enter your e-mail address.',
    'problem.sign-up.identifier-malformed':
      'This does not look like an e-mail address. It should look like name@example.com.',
    'problem.sign-up.name-malformed': 'The name is too long or contains characters that we cannot display.',
    'problem.sign-up.link-not-valid': 'This link no longer works. Please request a new one.',
    'problem.sign-up.name-missing': 'Please enter a name.',
  },
})
