import { problems } from '#kernel/problem.ts'

export const httpProblem = problems({
  'http.not-found': 'not-found',
  'http.form-malformed': 'invalid',
  'http.form-foreign': 'forbidden',
  'http.cookies-blocked': 'forbidden',
})

/** A posted form. Every name occurs at most once. */
export type FormFields = ReadonlyMap<string, string>

export const longestForm = 32 * 1024
const mostFields = 40

/**
 * @throws Problem `http.form-malformed` for a repeated name (which is ambiguous), too many fields, broken percent
 * encoding, or a NUL, which PostgreSQL cannot store
 */
export function parseForm(body: string): FormFields {
  const form = new Map<string, string>()
  if (body === '') return form
  for (const pair of body.split('&', mostFields + 1)) {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const key = decode(name)
    if (form.has(key) || form.size === mostFields) throw httpProblem('http.form-malformed')
    form.set(key, decode(value))
  }
  return form
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '))
    if (!decoded.includes('\0')) return decoded
  } catch {}
  throw httpProblem('http.form-malformed')
}

/** One field's text, trimmed; '' if it was not sent. Longer text is rejected, never truncated. */
export function textField(form: FormFields, name: string, longest = 512): string {
  const value = (form.get(name) ?? '').trim()
  if (value.length > longest) throw httpProblem('http.form-malformed', { field: name })
  return value
}

/** A password, exactly as it was typed. */
export function secretField(form: FormFields, name: string): string {
  return form.get(name) ?? ''
}
