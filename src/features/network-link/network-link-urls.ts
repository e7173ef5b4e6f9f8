export const confirmPath = '/sign-in/confirm'

/** The address in the mail that asks for a network to be confirmed; opening it changes nothing. */
export function confirmLink(token: string): string {
  return `${confirmPath}/link?token=${encodeURIComponent(token)}`
}
