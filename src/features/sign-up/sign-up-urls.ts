import { paths } from '#ui/paths.ts'

/** The address in the mail; opening it changes nothing. */
export function signUpLink(token: string): string {
  return `${paths.signUpLink}?token=${encodeURIComponent(token)}`
}
