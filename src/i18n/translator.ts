import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '#kernel/locale.ts'

/** A feature's messages in every language. A key that is missing in one of them does not compile. */
export type Messages<Key extends string> = Readonly<Record<Locale, Readonly<Record<Key, string>>>>

export type MessageParams = Readonly<Record<string, string | number | Date>>

/** Formats the ICU message of a key: `t('sign-in.title')`. */
export type Translate<Key extends string> = (key: Key, params?: MessageParams) => string

const formats = new Map<string, IntlMessageFormat>()

function format(locale: Locale, message: string, params: MessageParams): string {
  const id = `${locale}\0${message}`
  let compiled = formats.get(id)
  if (!compiled) {
    compiled = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
    formats.set(id, compiled)
  }
  return String(compiled.format(params as Record<string, string>))
}

/** A feature's messages in one language. */
export function translator<Key extends string>(messages: Messages<Key>, locale: Locale): Translate<Key> {
  const words = messages[locale]
  return (key, params) => {
    const message = words[key]
    return message.includes('{') ? format(locale, message, params ?? {}) : message
  }
}

/** Declares a feature's messages. The type parameter makes every language have the same keys. */
export function messages<Key extends string>(all: Messages<Key>): Messages<Key> {
  return all
}
