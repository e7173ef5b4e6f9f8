import { messages } from '#i18n/translator.ts'

export const recoveryMessages = messages({
  de: {
    'start.title': 'Passwort vergessen?',
    'start.intro':
      'Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort setzen. Das geht auch, wenn Sie sich bisher nur über ein soziales Netzwerk angemeldet haben.',
    'start.identifier': 'E-Mail-Adresse oder Telefonnummer',
    'start.submit': 'Link schicken',
    'start.sign-in': 'Zurück zur Anmeldung',
    'start.help': 'Probleme beim Anmelden?',
    'sent.title': 'Sehen Sie in Ihr Postfach',
    'sent.words':
      'Wenn es zu dieser Adresse ein Profil gibt, ist eine E-Mail unterwegs. Nichts da? Sehen Sie im Spam-Ordner nach.',
    'sent.address': 'Adresse: {identifier}',
    'sent.resend': 'Noch eine E-Mail schicken',
    'sent.newest': 'Es gilt immer nur der Link aus der neuesten E-Mail.',
    'sent.other': 'Andere Adresse verwenden',
    'reset.title.reset': 'Neues Passwort setzen',
    'reset.title.first-password': 'Passwort festlegen',
    'reset.words.reset':
      'Für {identifier}. Danach sind Sie auf allen anderen Geräten abgemeldet und melden sich neu an.',
    'reset.words.first-password':
      'Für {identifier}. Damit ist diese Adresse mit Ihrem Profil verbunden, und Sie können sich auch ohne soziales Netzwerk anmelden.',
    'reset.submit.reset': 'Passwort setzen',
    'reset.submit.first-password': 'Passwort festlegen',
    'link-problem.used.title': 'Dieser Link wurde schon benutzt',
    'link-problem.used.words': 'Wenn Sie das nicht waren, sichern Sie Ihr Profil.',
    'link-problem.used.sign-in': 'Ich war das: zur Anmeldung',
    'link-problem.used.secure': 'Ich war das nicht: Profil sichern',
    'link-problem.used.secure-hint':
      'Wir schicken einen neuen Link. Mit dem neuen Passwort werden alle anderen Geräte abgemeldet.',
    'link-problem.expired.title': 'Dieser Link ist abgelaufen',
    'link-problem.expired.words': 'Zu Ihrem Schutz gilt ein Link höchstens 24 Stunden. Wir schicken gern einen neuen.',
    'link-problem.superseded.title': 'Es gibt einen neueren Link',
    'link-problem.superseded.words':
      'Seit dieser E-Mail kam eine neuere, oder Ihr Profil hat sich geändert. Nur der Link aus der neuesten E-Mail gilt.',
    'link-problem.unknown.title': 'Diesen Link kennen wir nicht',
    'link-problem.unknown.words':
      'Vielleicht wurde er beim Kopieren abgeschnitten. Öffnen Sie ihn noch einmal aus der E-Mail, oder fordern Sie einen neuen an.',
    'link-problem.new': 'Neuen Link schicken',
    'link-problem.sign-in': 'Zur Anmeldung',
    'done.title': 'Ihr Passwort ist gesetzt',
    'done.words': 'Alle anderen Geräte sind abgemeldet. Melden Sie sich jetzt mit dem neuen Passwort an.',
    'done.submit': 'Zur Anmeldung',
    'mail.valid': 'Der Link gilt {hours, plural, one {eine Stunde} other {# Stunden}} und nur einmal.',
    'mail.nothing-changed':
      'Wenn Sie das nicht waren, müssen Sie nichts tun. An Ihrem Profil hat sich nichts geändert.',
    'mail.reset.subject': 'Neues Passwort setzen',
    'mail.reset.words': 'Sie möchten ein neues Passwort setzen. Hier geht es weiter:',
    'mail.reset.button': 'Neues Passwort setzen',
    'mail.first.subject': 'Passwort für Ihr Profil festlegen',
    'mail.first.words':
      'Ihr Profil wird bisher über {networks} angemeldet, ein Passwort ist noch nicht festgelegt. Mit dem Link legen Sie eines fest. Diese Adresse ist dann mit Ihrem Profil verbunden, und Sie kommen auch ohne {networks} hinein.',
    'mail.first.words-plain':
      'Ihr Profil wird bisher über ein soziales Netzwerk angemeldet, ein Passwort ist noch nicht festgelegt. Mit dem Link legen Sie eines fest. Diese Adresse ist dann mit Ihrem Profil verbunden, und Sie kommen auch ohne soziales Netzwerk hinein.',
    'mail.first.button': 'Passwort festlegen',
    'mail.unknown.subject': 'Kein Profil zu dieser Adresse',
    'mail.unknown.words':
      'Jemand wollte mit dieser Adresse ein neues Passwort setzen. Wir haben zu ihr aber kein Profil.',
    'mail.unknown.maybe':
      'Wenn Sie das waren: Vielleicht haben Sie sich mit einer anderen Adresse angemeldet. Oder Sie legen jetzt ein Profil an.',
    'mail.unknown.button': 'Profil anlegen',
    'mail.unknown.otherwise': 'Wenn Sie das nicht waren, müssen Sie nichts tun.',
    'mail.claimed.subject': 'Ihre Adresse steht bei einem Profil',
    'mail.claimed.words':
      '{network} hat diese Adresse zu einem Profil genannt. Sie ist noch nicht bestätigt und öffnet das Profil deshalb nicht.',
    'mail.claimed.maybe':
      'Wenn es Ihr Profil ist: Melden Sie sich wie bisher mit {network} an und bestätigen Sie die Adresse in Ihrem Profil. Sonst legen Sie mit der Adresse ein eigenes Profil an.',
    'mail.claimed.button': 'Zur Anmeldung',
    'mail.claimed.otherwise':
      'Wenn Sie das nicht waren, müssen Sie nichts tun. Ihre Adresse öffnet kein fremdes Profil.',
    'mail.disabled.subject': 'Ihr Profil ist gesperrt',
    'mail.disabled.words':
      'Jemand wollte für diese Adresse ein neues Passwort setzen. Das Profil ist zurzeit gesperrt, deshalb geht das nicht.',
    'mail.disabled.contact':
      'Bitte wenden Sie sich an die Stelle, die dieses Angebot betreibt. Dort kann man es wieder öffnen.',
    'mail.disabled.button': 'Zur Hilfe',
    'mail.changed.subject': 'Ihr Passwort wurde geändert',
    'mail.changed.words': 'Das Passwort Ihres Profils wurde am {at} geändert. Alle anderen Geräte sind abgemeldet.',
    'mail.changed.fine': 'Wenn Sie das waren, ist alles in Ordnung.',
    'mail.changed.button': 'Das war ich nicht: Profil sichern',
    'mail.changed.otherwise':
      'Wenn Sie das nicht waren, setzen Sie über diesen Link sofort ein neues Passwort. Dann werden alle Geräte abgemeldet.',
    'mail.locked.subject': 'Ihr Passwort ist gesperrt',
    'mail.locked.words':
      'Für Ihr Profil wurde sehr oft ein falsches Passwort eingegeben. Zu Ihrem Schutz gilt das Passwort nicht mehr. Ihr Profil ist sicher, und alle anderen Wege hinein gehen weiterhin.',
    'mail.locked.button': 'Neues Passwort setzen',
    'mail.locked.otherwise':
      'Wenn Sie das nicht waren, hat jemand Passwörter ausprobiert. Mit einem neuen Passwort sind Sie wieder sicher.',
    'problem.recovery.too-many': 'Es gab viele Anfragen in kurzer Zeit. Bitte warten Sie {wait}, dann geht es weiter.',
    'problem.recovery.identifier-malformed':
      'Das sieht nicht wie eine E-Mail-Adresse oder Telefonnummer aus, zum Beispiel name@beispiel.de oder +49 171 2345678.',
    'problem.recovery.link-not-valid': 'Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an.',
    'problem.recovery.identifier-missing': 'Bitte geben Sie Ihre E-Mail-Adresse oder Telefonnummer ein.',
  },
  en: {
    'start.title': 'Forgot your password?',
    'start.intro':
      'We will send you a link to set a new password. It also works if you have only signed in through a social network so far.',
    'start.identifier': 'E-mail address or phone number',
    'start.submit': 'Send link',
    'start.sign-in': 'Back to sign-in',
    'start.help': 'Trouble signing in?',
    'sent.title': 'Check your e-mail',
    'sent.words':
      'If there is a profile for this address, an e-mail is on its way. Nothing there? Check your spam folder.',
    'sent.address': 'Address: {identifier}',
    'sent.resend': 'Send another e-mail',
    'sent.newest': 'Only the link in the newest e-mail works.',
    'sent.other': 'Use another address',
    'reset.title.reset': 'Set a new password',
    'reset.title.first-password': 'Set a password',
    'reset.words.reset': 'For {identifier}. You will then be signed out on all other devices and sign in again.',
    'reset.words.first-password':
      'For {identifier}. This connects the address to your profile, so that you can also sign in without a social network.',
    'reset.submit.reset': 'Set password',
    'reset.submit.first-password': 'Set password',
    'link-problem.used.title': 'This link has already been used',
    'link-problem.used.words': 'If that was not you, secure your profile.',
    'link-problem.used.sign-in': 'That was me: go to sign-in',
    'link-problem.used.secure': 'Not me: secure my profile',
    'link-problem.used.secure-hint': 'We will send a new link. Setting a new password signs out all other devices.',
    'link-problem.expired.title': 'This link has expired',
    'link-problem.expired.words':
      'For your protection, a link works for at most 24 hours. We will gladly send you a new one.',
    'link-problem.superseded.title': 'There is a newer link',
    'link-problem.superseded.words':
      'A newer e-mail has been sent since this one, or your profile has changed. Only the link in the newest e-mail works.',
    'link-problem.unknown.title': 'We do not recognise this link',
    'link-problem.unknown.words':
      'It may have been cut off when it was copied. Open it from the e-mail again, or request a new one.',
    'link-problem.new': 'Send a new link',
    'link-problem.sign-in': 'Go to sign-in',
    'done.title': 'Your password has been set',
    'done.words': 'All other devices have been signed out. Now sign in with your new password.',
    'done.submit': 'Go to sign-in',
    'mail.valid': 'The link works for {hours, plural, one {one hour} other {# hours}} and only once.',
    'mail.nothing-changed': 'If this was not you, you do not need to do anything. Nothing in your profile has changed.',
    'mail.reset.subject': 'Set a new password',
    'mail.reset.words': 'You asked to set a new password. Continue here:',
    'mail.reset.button': 'Set a new password',
    'mail.first.subject': 'Set a password for your profile',
    'mail.first.words':
      'So far you have signed in to your profile through {networks}, and no password has been set. The link lets you set one. It also connects this address to your profile, so that you can get in without {networks} too.',
    'mail.first.words-plain':
      'So far you have signed in to your profile through a social network, and no password has been set. The link lets you set one. It also connects this address to your profile, so that you can get in without the social network too.',
    'mail.first.button': 'Set a password',
    'mail.unknown.subject': 'No profile for this address',
    'mail.unknown.words': 'Someone tried to set a new password with this address, but we have no profile for it.',
    'mail.unknown.maybe':
      'If that was you, you may have signed in with another address. You can also create a profile now.',
    'mail.unknown.button': 'Create a profile',
    'mail.unknown.otherwise': 'If this was not you, you do not need to do anything.',
    'mail.claimed.subject': 'Your address is listed in a profile',
    'mail.claimed.words':
      '{network} gave us this address for a profile. The address has not been confirmed yet, so it does not open the profile.',
    'mail.claimed.maybe':
      'If the profile is yours, sign in with {network} as before and confirm the address in your profile. If not, create a profile of your own with the address.',
    'mail.claimed.button': 'Go to sign-in',
    'mail.claimed.otherwise':
      'If this was not you, you do not need to do anything. Your address does not open anyone else’s profile.',
    'mail.disabled.subject': 'Your profile is locked',
    'mail.disabled.words':
      'Someone tried to set a new password for this address. This is not possible, because the profile is locked at the moment.',
    'mail.disabled.contact': 'Please contact the people who run this service. They can unlock it.',
    'mail.disabled.button': 'Go to the help page',
    'mail.changed.subject': 'Your password was changed',
    'mail.changed.words': 'The password of your profile was changed on {at}. All other devices have been signed out.',
    'mail.changed.fine': 'If that was you, there is nothing you need to do.',
    'mail.changed.button': 'That was not me: secure my profile',
    'mail.changed.otherwise':
      'If this was not you, use this link to set a new password right away. All devices will then be signed out.',
    'mail.locked.subject': 'Your password has been locked',
    'mail.locked.words':
      'A wrong password was entered for your profile many times. For your protection, the password no longer works. Your profile is safe, and all other ways to sign in still work.',
    'mail.locked.button': 'Set a new password',
    'mail.locked.otherwise':
      'If this was not you, someone has been guessing passwords. Once you set a new password, you are safe again.',
    'problem.recovery.too-many': 'There have been many requests in a short time. Please wait {wait}, then continue.',
    'problem.recovery.identifier-malformed':
      'This does not look like an e-mail address or phone number. They should look like name@example.com or +44 7700 900123.',
    'problem.recovery.link-not-valid': 'This link no longer works. Please request a new one.',
    'problem.recovery.identifier-missing': 'Please enter your e-mail address or phone number.',
  },
})
