import { messages } from '#i18n/translator.ts'

export const consoleMessages = messages({
  de: {
    'nav.label': 'Verwaltung',
    'nav.networks': 'Netzwerke',
    'nav.attempts': 'Versuch nachschlagen',
  },
  en: {
    'nav.label': 'Console',
    'nav.networks': 'Networks',
    'nav.attempts': 'Look up an attempt',
  },
})
