import assert from 'node:assert/strict'
import type { Locale } from '#kernel/locale.ts'

/** A person with a browser, who reads text, types into labelled fields and presses labelled controls. */
export type Visitor = {
  readonly locale: Locale
  readonly open: (url: string) => Promise<void>
  /** Types into the field with this label. */
  readonly type: (label: string, text: string) => Promise<void>
  /** Presses the button, link or summary whose label is, or begins with, these words. */
  readonly press: (words: string) => Promise<void>
  /** Presses it twice, faster than the page can respond. */
  readonly pressTwice: (words: string) => Promise<void>
  /** The visible text in one line. */
  readonly text: () => Promise<string>
  readonly url: () => URL
  /** Whether this browser has a session. */
  readonly signedIn: () => Promise<boolean>
  /** Ends the visit, and throws if the visited pages had faults. */
  readonly leave: () => Promise<void>
}

export async function assertSays(visitor: Visitor, ...sentences: readonly string[]): Promise<void> {
  const text = await visitor.text()
  for (const sentence of sentences) {
    assert.ok(text.includes(sentence), `“${sentence}” is not on ${visitor.url().href}:\n${text}`)
  }
}

/** Says at least one of them, because a browser can find out less than the server. */
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
