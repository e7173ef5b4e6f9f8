import { messages } from '#i18n/translator.ts'

export const signInMessages = messages({
  de: {
    'sign-in.title': 'Anmelden',
    'sign-in.identifier': 'E-Mail-Adresse oder Telefonnummer',
    'sign-in.password': 'Passwort',
    'sign-in.submit': 'Anmelden',
    'sign-in.forgot': 'Passwort vergessen?',
    'sign-in.networks': 'oder mit einem sozialen Netzwerk',
    'sign-in.no-profile': 'Profil anlegen',
    'sign-in.trouble': 'Probleme beim Anmelden?',
    'sign-in.way-back': 'Sie sind von {network} nicht zurückgekommen. Hat es nicht geklappt? Diese Wege funktionieren:',
    'rescue.title': 'Noch kein Passwort',
    'rescue.words':
      'Diese Adresse gehört zu einem Profil, das über ein soziales Netzwerk angemeldet wird. Dafür ist noch kein Passwort festgelegt.',
    'rescue.password': 'Passwort per E-Mail festlegen',
    'rescue.password-hint': 'Wir schicken einen Link an {identifier}. Damit legen Sie ein Passwort fest.',
    'rescue.network': 'Mit dem sozialen Netzwerk anmelden',
    'rescue.other-address': 'Mit einer anderen Adresse anmelden',
    'way.mailed-link': 'Passwort per E-Mail festlegen',
    'way.passkey': 'Mit Passkey anmelden',
    'way.qr': 'Mit QR-Code anmelden',
    'way.sms-code': 'Mit SMS-Code anmelden',
    'way.recovery-code': 'Mit einem gesicherten Code anmelden',
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
    'failed.still': 'So kommen Sie trotzdem hinein:',
    'failed.outage': 'Störung',
    'failed.password': 'Mit Passwort anmelden',
    'failed.other-network': 'oder mit einem anderen Netzwerk',
    'failed.anyway': '{network} trotzdem versuchen',
    'failed.help': 'Alle Wege Schritt für Schritt',
    'failed.code': '{network} nennt dazu: {code}',
    'failed.retry': '{network} noch einmal versuchen',
    'failed.reference': 'Nummer für Rückfragen: {reference}',
    'link-proof.title': 'Sie haben schon ein Profil',
    'link-proof.words':
      'Zu dieser Adresse gibt es schon ein Profil. Melden Sie sich einmal so an wie bisher, dann verbinden wir {network} damit.',
    'link-proof.not-mine': 'Ohne Verbinden zurück',
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
    'mail.confirm.subject': '{network} für Ihr Profil bestätigen',
    'mail.confirm.words':
      'Jemand hat sich mit {network} in Ihrem Profil anmelden wollen. {network} kam zu dem Profil, bevor diese Adresse bestätigt war, und öffnet es deshalb erst wieder, wenn Sie es bestätigen.',
    'mail.confirm.valid': 'Der Link gilt {hours, plural, one {eine Stunde} other {# Stunden}} und nur einmal.',
    'mail.confirm.button': '{network} bestätigen',
    'mail.confirm.otherwise':
      'Wenn Sie {network} nicht selbst verbunden haben, bestätigen Sie nichts und trennen Sie {network} in Ihrem Profil.',
    'signed-out.title': 'Sie sind abgemeldet',
    'signed-out.words':
      'Auf diesem Gerät ist niemand mehr angemeldet. An einem fremden Computer schließen Sie jetzt auch das Browserfenster.',
    'signed-out.again': 'Wieder anmelden',
    'sign-out.title': 'Abmelden?',
    'sign-out.words': 'Sie werden auf diesem Gerät abgemeldet.',
    'sign-out.portals': 'Dann sind Sie auch in diesen Portalen abgemeldet:',
    'sign-out.submit': 'Abmelden',
    'sign-out.stay': 'Angemeldet bleiben',
    'problem.sign-in.not-right':
      'Adresse oder Passwort stimmt nicht. Falls Sie sich bisher nur über ein soziales Netzwerk angemeldet haben, ist noch kein Passwort festgelegt: „Passwort vergessen“ richtet eines ein.',
    'problem.sign-in.too-many':
      'Es gab viele Versuche in kurzer Zeit. Bitte warten Sie {wait}. „Passwort vergessen“ geht sofort.',
    'problem.sign-in.busy':
      'Im Augenblick melden sich sehr viele Menschen an. Das liegt nicht an Ihnen. Bitte versuchen Sie es in {wait} noch einmal.',
    'problem.sign-in.identifier-missing': 'Bitte geben Sie Ihre E-Mail-Adresse oder Telefonnummer ein.',
    'problem.sign-in.password-missing': 'Bitte geben Sie Ihr Passwort ein.',
    'problem.sign-in.link-not-valid': 'Dieser Link gilt nicht mehr.',
  },
  en: {
    'sign-in.title': 'Sign in',
    'sign-in.identifier': 'E-mail address or phone number',
    'sign-in.password': 'Password',
    'sign-in.submit': 'Sign in',
    'sign-in.forgot': 'Forgot password?',
    'sign-in.networks': 'or with a social network',
    'sign-in.no-profile': 'Create a profile',
    'sign-in.trouble': 'Trouble signing in?',
    'sign-in.way-back': 'You did not come back from {network}. Did it not work? These ways do:',
    'rescue.title': 'No password yet',
    'rescue.words':
      'This address belongs to a profile that signs in through a social network. No password has been set for it yet.',
    'rescue.password': 'Set a password by e-mail',
    'rescue.password-hint': 'We send a link to {identifier}. It lets you set a password.',
    'rescue.network': 'Sign in with the social network',
    'rescue.other-address': 'Sign in with another address',
    'way.mailed-link': 'Set a password by e-mail',
    'way.passkey': 'Sign in with a passkey',
    'way.qr': 'Sign in with QR code',
    'way.sms-code': 'Sign in with an SMS code',
    'way.recovery-code': 'Sign in with a saved code',
    'failed.cancelled.title': 'Signing in with {network} was cancelled',
    'failed.cancelled.words':
      'You cancelled at {network}, or the window was closed. Nothing has happened to your profile.',
    'failed.refused.title': '{network} did not allow the sign-in',
    'failed.refused.words':
      '{network} turned the sign-in down. The cause may be your account there, or the settings of this service. Your profile with us is unchanged.',
    'failed.unreachable.title': '{network} cannot be reached',
    'failed.unreachable.words':
      '{network} is not answering at the moment. It is not your fault. The cause lies with {network} or with an internet provider on the way there.',
    'failed.unreachable-here.title': '{network} cannot be reached from here',
    'failed.unreachable-here.words':
      '{network} can’t be reached from your connection. The cause may be your internet provider, a firewall, or {network} itself.',
    'failed.slow.title': '{network} is answering too slowly',
    'failed.slow.words':
      'We ended the attempt so that you need not wait any longer. It is not your fault. The cause lies with {network} or with an internet provider on the way there.',
    'failed.nonsense.title': '{network} gave a faulty answer',
    'failed.nonsense.words':
      'The answer from {network} could not be checked safely. For your protection we ended the attempt. It is not your fault.',
    'failed.error.title': 'Something went wrong at {network}',
    'failed.error.words': '{network} reports an error. It is not your fault.',
    'failed.expired.title': 'This attempt with {network} no longer counts',
    'failed.expired.words':
      'For your protection an attempt counts only once and only for a few minutes. Nothing is lost: just begin again.',
    'failed.not-this-browser.title': 'This sign-in began somewhere else',
    'failed.not-this-browser.words':
      'This sign-in with {network} began in another browser, or too long ago. For your protection it can only go on where it began. Please begin again here.',
    'failed.cookies-blocked.title': 'We do not recognise your browser',
    'failed.cookies-blocked.words':
      '{network} sent you back, but there is no cookie of ours in this browser. If the sign-in began in another browser, continue there, or begin anew here. If it began here, cookies are blocked: please allow them for this site in your browser’s settings. In a private window they are often blocked.',
    'failed.clock.title': 'The time of {network} does not fit ours',
    'failed.clock.words':
      'By our clock, the answer from {network} is past its time or not yet due: one of the two clocks is wrong. For your protection we ended the attempt. It is not your fault.',
    'failed.disabled.title': 'Signing in with {network} is switched off',
    'failed.disabled.words': 'Those who run this site have switched {network} off for now. Your profile is unchanged.',
    'failed.account-needs-proof.title': 'Please confirm your profile',
    'failed.account-needs-proof.words':
      '{network} came to this profile before its address was confirmed. For your protection {network} opens it again only after you have confirmed it once: we have sent the link to the confirmed address. Nothing there? Look in the spam folder.',
    'failed.account-disabled.title': 'Your profile is locked',
    'failed.account-disabled.words':
      '{network} is not the cause: this profile is locked at the moment. Please get in touch with those who run this service.',
    'failed.still': 'You can still get in:',
    'failed.outage': 'Trouble',
    'failed.password': 'Sign in with a password',
    'failed.other-network': 'or with another network',
    'failed.anyway': 'Try {network} anyway',
    'failed.help': 'All ways step by step',
    'failed.code': '{network} calls it: {code}',
    'failed.retry': 'Try {network} again',
    'failed.reference': 'Reference number: {reference}',
    'link-proof.title': 'You already have a profile',
    'link-proof.words':
      'There is already a profile for this address. Sign in once the way you always have, and we will link {network} to it.',
    'link-proof.not-mine': 'Back without linking',
    'confirm.title': 'Confirm {network} for your profile?',
    'confirm.words':
      '{network} came to your profile before this address was confirmed. Confirm only if you linked {network} yourself. It will then open your profile again.',
    'confirm.submit': 'Yes, I linked {network}',
    'confirm.not-mine': 'No, leave it as it is',
    'confirm.done.title': '{network} is confirmed',
    'confirm.done.words': '{network} opens your profile again.',
    'confirm.done.submit': 'Sign in with {network}',
    'confirm.used.title': 'This link has been used already',
    'confirm.used.words': 'The network is confirmed. You can sign in with it.',
    'confirm.expired.title': 'This link has expired',
    'confirm.expired.words':
      'For your protection a link works for 24 hours at most. Sign in with the network once more and a new one comes.',
    'confirm.superseded.title': 'There is a newer link',
    'confirm.superseded.words':
      'Since this e-mail there has been a newer one, or your profile has changed. Only the link in the newest e-mail works.',
    'confirm.unknown.title': 'We do not know this link',
    'confirm.unknown.words': 'It may have been cut off when it was copied. Open it from the e-mail once more.',
    'mail.confirm.subject': 'Confirm {network} for your profile',
    'mail.confirm.words':
      'Someone wanted to sign in to your profile with {network}. {network} came to the profile before this address was confirmed, and so opens it again only when you confirm it.',
    'mail.confirm.valid': 'The link works for {hours, plural, one {one hour} other {# hours}} and only once.',
    'mail.confirm.button': 'Confirm {network}',
    'mail.confirm.otherwise':
      'If you did not link {network} yourself, confirm nothing and unlink {network} in your profile.',
    'signed-out.title': 'You are signed out',
    'signed-out.words':
      'Nobody is signed in on this device any more. On a computer that is not yours, close the browser window too.',
    'signed-out.again': 'Sign in again',
    'sign-out.title': 'Sign out?',
    'sign-out.words': 'You will be signed out on this device.',
    'sign-out.portals': 'You will then be signed out of these portals too:',
    'sign-out.submit': 'Sign out',
    'sign-out.stay': 'Stay signed in',
    'problem.sign-in.not-right':
      'The address or the password is not right. If you have only signed in through a social network so far, no password has been set yet: “Forgot password” sets one up.',
    'problem.sign-in.too-many':
      'There were many attempts in a short time. Please wait {wait}. “Forgot password” works right away.',
    'problem.sign-in.busy':
      'A great many people are signing in at this moment. It is not your fault. Please try again in {wait}.',
    'problem.sign-in.identifier-missing': 'Please enter your e-mail address or phone number.',
    'problem.sign-in.password-missing': 'Please enter your password.',
    'problem.sign-in.link-not-valid': 'This link no longer works.',
  },
})
