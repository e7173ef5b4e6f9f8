import { paths } from '#ui/paths.ts'

/** The URL in the mail. Opening it changes nothing. */
export function signUpLink(token: string): string {
  return `${paths.signUpLink}?token=${encodeURIComponent(token)}`
}
