export const signUpPath = '/sign-up'
export const signUpSentPath = '/sign-up/sent'
export const signUpCompletePath = '/sign-up/complete'

/** The address in the mail; opening it changes nothing. */
export function signUpLink(token: string): string {
  return `/sign-up/link?token=${encodeURIComponent(token)}`
}
