import { paths } from '#ui/paths.ts'

/** Forms that start a sign-in through a network post here. */
export function startPath(providerId: string): string {
  return `${paths.signInWith}/${providerId}`
}

/** A redirect URI of its own for each network prevents mix-up attacks (RFC 9700, section 4.4). */
export function callbackPath(providerId: string): string {
  return `${startPath(providerId)}/callback`
}
