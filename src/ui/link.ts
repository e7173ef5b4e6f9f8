import { paths } from './paths.ts'

/** An address with its query; parameters without a value are left out. */
export function linkTo(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** Where a form of a signed-in person starts to link a network. */
export function linkNetworkPath(providerId: string): string {
  return `${paths.profileNetworks}/${providerId}/link`
}
