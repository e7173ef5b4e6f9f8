import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { Messages } from '#i18n/translator.ts'
import { locales } from '#kernel/locale.ts'

const source = join(import.meta.dirname, '..')

/** The arguments of a message, each with its kind: `count:6`. */
function parameters(elements: readonly MessageFormatElement[]): string[] {
  const found = elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    if (element.type === TYPE.tag) return parameters(element.children)
    const inner =
      'options' in element ? Object.values(element.options).flatMap((option) => parameters(option.value)) : []
    return [`${element.value}:${element.type}`, ...inner]
  })
  return [...new Set(found)].sort()
}

const faults: readonly { rule: string; locale?: string; pattern: RegExp }[] = [
  { rule: 'no typewriter quotes', pattern: /["']/ },
  { rule: 'no exclamation marks', pattern: /!/ },
  { rule: 'no three dots for an ellipsis', pattern: /\.\.\./ },
  { rule: 'German quotes in German', locale: 'de', pattern: /”|„[^“]*$|^[^„]*“/ },
  { rule: 'English quotes in English', locale: 'en', pattern: /„|“[^”]*$|^[^“]*”/ },
  { rule: 'Sie, never Du', locale: 'de', pattern: /\b(du|dich|dir|dein|deine|deinen|deinem|deiner|deines)\b/i },
  { rule: 'no “ungültig” alone', locale: 'de', pattern: /\bungültig/i },
  {
    rule: 'no English where German has a word',
    locale: 'de',
    pattern: /\b(Login|Account|einloggen|ausloggen|User|Button|klicken)\b/i,
  },
  { rule: 'no “invalid” alone', locale: 'en', pattern: /\binvalid\b/i },
]

for (const file of globSync('**/*messages.ts', { cwd: source })) {
  const module: Record<string, Messages<string>> = await import(pathToFileURL(join(source, file)).href)
  for (const [name, all] of Object.entries(module)) {
    if (!locales.every((locale) => all?.[locale])) continue
    describe(`the words of ${file}, ${name}`, () => {
      test('can be formatted and take the same arguments in every language', () => {
        for (const [key, german] of Object.entries(all.de)) {
          assert.deepEqual(
            parameters(parse(all.en[key] ?? '', { ignoreTag: true })),
            parameters(parse(german, { ignoreTag: true })),
            key,
          )
        }
      })
      for (const { rule, locale, pattern } of faults) {
        test(`${rule}`, () => {
          for (const each of locales) {
            if (locale && locale !== each) continue
            for (const [key, words] of Object.entries(all[each])) assert.doesNotMatch(words, pattern, `${each} ${key}`)
          }
        })
      }
    })
  }
}
