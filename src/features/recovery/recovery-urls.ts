export const recoverPath = '/recover'
export const recoverSentPath = '/recover/sent'
export const resetPath = '/recover/password'
export const resetDonePath = '/recover/done'

/** The address in the mail; opening it changes nothing. */
export function resetLink(token: string): string {
  return `/recover/link?token=${encodeURIComponent(token)}`
}
