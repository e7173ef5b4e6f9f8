import { problems } from '#kernel/problem.ts'

export const passwordProblem = problems({
  'password.too-short': 'invalid',
  'password.too-long': 'invalid',
  'password.common': 'invalid',
  'password.guessable': 'invalid',
  'password.busy': 'unavailable',
})

/** NIST SP 800-63B-4, 3.1.1.2 requires 15 characters where a password is the only factor. */
export const minimumLength = 15
/** Bytes in UTF-8. Longer passwords are rejected before they cost anything. */
const maximumBytes = 1024

/** NFC, so that é is the same whether typed as one code point or two (decision D7 in SECURITY.md). */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFC')
}

/** Whether a typed password is short enough to be hashed. */
export function isHashable(password: string): boolean {
  return password.length <= maximumBytes && Buffer.byteLength(password) <= maximumBytes
}

/**
 * Checks length, common passwords and guessability; there are no composition rules. The list of common passwords is
 * compared with the whole password, never with a part.
 * @param context words that an attacker would try first for this person: service, name, address
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

/** The shortest unit that the text repeats: `abc` for `abcabc`. */
function repeatedUnit(text: string): string {
  const length = (text + text).indexOf(text, 1)
  return text.slice(0, length)
}

/** Characters. Shorter repeated units, known words and remainders do not count. */
const significantLength = 4

function isGuessable(plain: string, context: readonly string[]): boolean {
  if (repeatedUnit(plain).length < significantLength || isRun(plain)) return true
  let rest = plain
  const known = context.map((word) => word.toLowerCase()).toSorted((a, b) => b.length - a.length)
  for (const word of known) {
    if (word.length >= significantLength) rest = rest.replaceAll(word, '')
  }
  return rest !== plain && rest.replaceAll(/\P{L}/gu, '').length < significantLength
}

/** Every character follows or precedes the one before: 123456789…, 987654…, abcdefg… */
function isRun(text: string): boolean {
  const steps = new Set<number>()
  for (let i = 1; i < text.length; i++) steps.add(text.charCodeAt(i) - text.charCodeAt(i - 1))
  return [...steps].every((step) => Math.abs(step) === 1 || Math.abs(step) === 9)
}
