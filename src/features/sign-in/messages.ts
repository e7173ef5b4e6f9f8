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
    'second-step.title': 'Noch ein Schritt',
    'second-step.words': 'Bitte bestätigen Sie auf einem zweiten Weg, dass Sie es sind.',
    'rescue.title': 'Noch kein Passwort',
    'rescue.words':
      'Diese Adresse gehört zu einem Profil, das über ein soziales Netzwerk angemeldet wird. Dafür ist noch kein Passwort festgelegt.',
    'rescue.password': 'Passwort per E-Mail festlegen',
    'rescue.password-hint': 'Wir schicken einen Link an {identifier}. Damit legen Sie ein Passwort fest.',
    'rescue.network': 'Mit dem sozialen Netzwerk anmelden',
    'rescue.other-address': 'Mit einer anderen Adresse anmelden',
    'failed.still': 'So kommen Sie trotzdem hinein:',
    'failed.outage': 'Störung',
    'failed.password': 'Mit Passwort anmelden',
    'failed.other-network': 'oder mit einem anderen Netzwerk',
    'failed.help': 'Alle Wege Schritt für Schritt',
    'link-proof.title': 'Sie haben schon ein Profil',
    'link-proof.words':
      'Zu dieser Adresse gibt es schon ein Profil. Melden Sie sich einmal so an wie bisher, dann verbinden wir {network} damit.',
    'link-proof.not-mine': 'Ohne Verbinden zurück',
    'problem.sign-in.not-right':
      'Adresse oder Passwort stimmt nicht. Falls Sie sich bisher nur über ein soziales Netzwerk angemeldet haben, ist noch kein Passwort festgelegt: „Passwort vergessen“ richtet eines ein.',
    'problem.sign-in.too-many':
      'Es gab viele Versuche in kurzer Zeit. Bitte warten Sie {wait}. „Passwort vergessen“ geht sofort.',
    'problem.sign-in.busy':
      'Im Augenblick melden sich sehr viele Menschen an. Das liegt nicht an Ihnen. Bitte versuchen Sie es in {wait} noch einmal.',
    'problem.sign-in.identifier-missing': 'Bitte geben Sie Ihre E-Mail-Adresse oder Telefonnummer ein.',
    'problem.sign-in.password-missing': 'Bitte geben Sie Ihr Passwort ein.',
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
    'sign-in.way-back': 'You did not come back from {network}. Did something go wrong? These ways work:',
    'second-step.title': 'One more step',
    'second-step.words': 'Please confirm in a second way that it is really you.',
    'rescue.title': 'No password yet',
    'rescue.words':
      'This address belongs to a profile that uses a social network to sign in. No password has been set for it yet.',
    'rescue.password': 'Set a password by e-mail',
    'rescue.password-hint': 'We will send a link to {identifier} that lets you set a password.',
    'rescue.network': 'Sign in with the social network',
    'rescue.other-address': 'Sign in with another address',
    'failed.still': 'You can still get in:',
    'failed.outage': 'Service problem',
    'failed.password': 'Sign in with a password',
    'failed.other-network': 'or with another network',
    'failed.help': 'All ways to sign in, step by step',
    'link-proof.title': 'You already have a profile',
    'link-proof.words':
      'There is already a profile for this address. Sign in once the way you usually do, and we will link {network} to it.',
    'link-proof.not-mine': 'Go back without linking',
    'problem.sign-in.not-right':
      'The address or password is not right. If you have only signed in through a social network so far, no password has been set yet: “Forgot password” lets you set one.',
    'problem.sign-in.too-many':
      'There have been many attempts in a short time. Please wait {wait}. “Forgot password” works right away.',
    'problem.sign-in.busy':
      'A great many people are signing in right now. This is not your fault. Please try again in {wait}.',
    'problem.sign-in.identifier-missing': 'Please enter your e-mail address or phone number.',
    'problem.sign-in.password-missing': 'Please enter your password.',
  },
})
