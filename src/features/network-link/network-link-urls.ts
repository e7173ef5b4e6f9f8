import { paths } from '#ui/paths.ts'

/** The URL in the mail that asks to confirm a network. Opening it changes nothing. */
export function confirmLink(token: string): string {
  return `${paths.signInConfirmLink}?token=${encodeURIComponent(token)}`
}
