import { paths } from '#ui/paths.ts'

/** The address in the mail that asks for a network to be confirmed; opening it changes nothing. */
export function confirmLink(token: string): string {
  return `${paths.signInConfirmLink}?token=${encodeURIComponent(token)}`
}
