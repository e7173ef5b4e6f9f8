import type { Locale } from '#kernel/locale.ts'

type Words = {
  readonly standIn: string
  readonly choose: string
  readonly why: string
  readonly proved: string
  readonly unproved: string
  readonly withoutAddress: string
  readonly company: (domain: string) => string
  readonly cancel: string
  readonly other: string
  readonly subject: string
  readonly name: string
  readonly email: string
  readonly emailVerified: string
  readonly go: string
  readonly subjectMissing: string
  readonly refused: string
  readonly refusedParameter: (parameter: string) => string
  readonly home: string
}

export const words: Readonly<Record<Locale, Words>> = {
  de: {
    standIn: 'Netzwerk zum Ausprobieren',
    choose: 'Mit welchem Konto möchten Sie weitermachen?',
    why: 'Dies ist kein echtes Netzwerk. Es steht für eines, damit Sie die Anmeldung ohne eigenes Konto ausprobieren können.',
    proved: 'bestätigt',
    unproved: 'nicht bestätigt',
    withoutAddress: 'ohne E-Mail-Adresse',
    company: (domain) => `Firma ${domain}`,
    cancel: 'Abbrechen',
    other: 'Anderes Konto',
    subject: 'Kennung',
    name: 'Name',
    email: 'E-Mail-Adresse',
    emailVerified: 'Adresse ist bestätigt',
    go: 'Weiter',
    subjectMissing: 'Bitte wählen Sie ein Konto aus der Liste oder geben Sie eine Kennung ein.',
    refused: 'Diese Anfrage nehmen wir nicht an',
    refusedParameter: (parameter) => `„${parameter}“ gehört zu keiner Anwendung, die hier eingetragen ist.`,
    home: 'Hier gibt es nur etwas zu sehen, wenn Sie von einer Anmeldeseite kommen.',
  },
  en: {
    standIn: 'a network for trying things out',
    choose: 'Which account would you like to continue with?',
    why: 'This is not a real network. It stands in for one, so that you can try signing in without an account of your own.',
    proved: 'verified',
    unproved: 'not verified',
    withoutAddress: 'no e-mail address',
    company: (domain) => `company ${domain}`,
    cancel: 'Cancel',
    other: 'Another account',
    subject: 'Subject',
    name: 'Name',
    email: 'E-mail address',
    emailVerified: 'The address is verified',
    go: 'Continue',
    subjectMissing: 'Please choose an account from the list or enter a subject.',
    refused: 'We do not accept this request',
    refusedParameter: (parameter) => `“${parameter}” does not belong to any application registered here.`,
    home: 'There is nothing to see here unless you come from a sign-in page.',
  },
}
