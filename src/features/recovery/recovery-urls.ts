import { paths } from '#ui/paths.ts'

/** The URL in the mail. Opening it changes nothing. */
export function resetLink(token: string): string {
  return `${paths.recoverLink}?token=${encodeURIComponent(token)}`
}
