import { paths } from '#ui/paths.ts'

/** The address in the mail; opening it changes nothing. */
export function resetLink(token: string): string {
  return `${paths.recoverLink}?token=${encodeURIComponent(token)}`
}
