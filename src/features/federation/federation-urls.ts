import { paths } from '#ui/paths.ts'

/** Where a form starts a sign-in through a network. */
export function startPath(providerId: string): string {
  return `${paths.signInWith}/${providerId}`
}

/** One redirect URI for each network: an answer meant for one can't be given to another (RFC 9700, section 4.4). */
export function callbackPath(providerId: string): string {
  return `${startPath(providerId)}/callback`
}
