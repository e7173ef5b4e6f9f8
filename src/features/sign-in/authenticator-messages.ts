import { messages } from '#i18n/translator.ts'

export const passwordWords = messages({
  de: { name: 'Passwort', button: 'Mit Passwort anmelden' },
  en: { name: 'Password', button: 'Sign in with a password' },
})

export const networkWords = messages({
  de: { name: 'Soziales Netzwerk', button: 'Mit einem sozialen Netzwerk anmelden' },
  en: { name: 'Social network', button: 'Sign in with a social network' },
})

export const mailedLinkWords = messages({
  de: { name: 'Link per E-Mail', button: 'Passwort per E-Mail festlegen' },
  en: { name: 'E-mail link', button: 'Set a password by e-mail' },
})

export const passwordGuide = messages({
  de: {
    title: 'Mit Adresse oder Telefonnummer und Passwort',
    'step-1': 'Öffnen Sie die Anmeldeseite.',
    'step-2': 'Geben Sie Ihre E-Mail-Adresse oder Telefonnummer und Ihr Passwort ein.',
    'step-3': 'Passwort vergessen? Dann hilft der Link per E-Mail im nächsten Abschnitt.',
    button: 'Zur Anmeldung',
  },
  en: {
    title: 'With your address or phone number and password',
    'step-1': 'Open the sign-in page.',
    'step-2': 'Enter your e-mail address or phone number and your password.',
    'step-3': 'Forgot your password? Use the e-mail link in the next section.',
    button: 'Go to sign-in',
  },
})

export const mailedLinkGuide = messages({
  de: {
    title: 'Mit der Adresse, die zum sozialen Netzwerk gehört',
    'step-1': 'Geben Sie die E-Mail-Adresse ein, die Ihr soziales Netzwerk von Ihnen kennt.',
    'step-2': 'Öffnen Sie die E-Mail von uns. Ist keine da, sehen Sie im Spam-Ordner nach.',
    'step-3': 'Öffnen Sie den Link und legen Sie ein Passwort fest. Damit ist die Adresse mit Ihrem Profil verbunden.',
    'step-4': 'Melden Sie sich mit Adresse und Passwort an. Das soziale Netzwerk geht weiterhin auch.',
    button: 'Link per E-Mail anfordern',
  },
  en: {
    title: 'With the address of your social network account',
    'step-1': 'Enter the e-mail address that your social network has for you.',
    'step-2': 'Open the e-mail from us. If you cannot find it, check your spam folder.',
    'step-3': 'Open the link and set a password. This connects the address to your profile.',
    'step-4': 'Sign in with your address and password. The social network keeps working too.',
    button: 'Request a link by e-mail',
  },
})
