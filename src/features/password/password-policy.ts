import { problems } from '#kernel/problem.ts'

export const passwordProblem = problems({
  'password.too-short': 'invalid',
  'password.too-long': 'invalid',
  'password.common': 'invalid',
  'password.guessable': 'invalid',
  'password.busy': 'unavailable',
})

/** A password alone signs in, so NIST SP 800-63B-4, 3.1.1.2 asks for 15 characters. */
export const minimumLength = 15
/** Bytes in UTF-8; longer ones are refused before they cost anything. */
const maximumBytes = 1024

/** NFC, so that an é typed as one or as two code points is the same password (decision D7 in SECURITY.md). */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFC')
}

/** Whether a password that is only compared is worth a hash. */
export function isHashable(password: string): boolean {
  return password.length <= maximumBytes && Buffer.byteLength(password) <= maximumBytes
}

/**
 * No composition rules: length, and not one of the passwords that everybody tries first. The whole password is
 * compared, never a part of it.
 * @param context words an attacker tries first for this person: service, name, address
 * @throws Problem
 */
export function checkNewPassword(password: string, context: readonly string[], common: ReadonlySet<string>): void {
  const field = 'new_password'
  if (!isHashable(password)) throw passwordProblem('password.too-long', { field })
  if ([...password].length < minimumLength) {
    throw passwordProblem('password.too-short', { field, params: { minimum: minimumLength } })
  }
  const plain = password.toLowerCase()
  if (common.has(plain) || common.has(repeatedUnit(plain))) throw passwordProblem('password.common', { field })
  if (isGuessable(plain, context)) throw passwordProblem('password.guessable', { field })
}

/** The shortest text whose repetition is the whole: `abcabc` has `abc`. */
function repeatedUnit(text: string): string {
  const length = (text + text).indexOf(text, 1)
  return text.slice(0, length)
}

const fewest = 4

function isGuessable(plain: string, context: readonly string[]): boolean {
  if (repeatedUnit(plain).length < fewest || isRun(plain)) return true
  let rest = plain
  const known = context.map((word) => word.toLowerCase()).toSorted((a, b) => b.length - a.length)
  for (const word of known) {
    if (word.length >= fewest) rest = rest.replaceAll(word, '')
  }
  return rest !== plain && rest.replaceAll(/\P{L}/gu, '').length < fewest
}

/** Every character the neighbour of the one before: 123456789…, abcdefg…, backwards too. */
function isRun(text: string): boolean {
  const steps = new Set<number>()
  for (let i = 1; i < text.length; i++) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1))
  return [...steps].every((step) => Math.abs(step) === 1 || Math.abs(step) === 9)
}
