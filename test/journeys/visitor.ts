import assert from 'node:assert/strict'
import type { Locale } from '#kernel/locale.ts'

/** A person in front of a browser: reads words, types into labelled fields, presses what has words on it. */
export type Visitor = {
  readonly locale: Locale
  readonly open: (url: string) => Promise<void>
  /** Types into the field with this label. */
  readonly type: (label: string, text: string) => Promise<void>
  /** Presses the button, the link or the heading of a folded part that has, or begins with, these words. */
  readonly press: (words: string) => Promise<void>
  /** Presses it twice, faster than the page can answer. */
  readonly pressTwice: (words: string) => Promise<void>
  /** What there is to read, in one line. */
  readonly text: () => Promise<string>
  readonly url: () => URL
  /** Whether the session check knows somebody in this browser. */
  readonly signedIn: () => Promise<boolean>
  /** Ends the visit; whatever was wrong with the pages on the way is told now. */
  readonly leave: () => Promise<void>
}

export async function assertSays(visitor: Visitor, ...sentences: readonly string[]): Promise<void> {
  const text = await visitor.text()
  for (const sentence of sentences) {
    assert.ok(text.includes(sentence), `“${sentence}” is not on ${visitor.url().href}:\n${text}`)
  }
}

/** Says one of them: a browser finds out less than the server does. */
export async function assertSaysEither(visitor: Visitor, ...sentences: readonly string[]): Promise<void> {
  const text = await visitor.text()
  assert.ok(
    sentences.some((sentence) => text.includes(sentence)),
    `none of ${sentences.join(' | ')} is on ${visitor.url().href}:\n${text}`,
  )
}

export async function assertDoesNotSay(visitor: Visitor, ...sentences: readonly string[]): Promise<void> {
  const text = await visitor.text()
  for (const sentence of sentences) {
    assert.ok(!text.includes(sentence), `“${sentence}” is on ${visitor.url().href}:\n${text}`)
  }
}

export function assertIsAt(visitor: Visitor, address: string): void {
  const { origin, pathname } = visitor.url()
  assert.equal(origin + pathname, new URL(address).origin + new URL(address).pathname)
}

export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
