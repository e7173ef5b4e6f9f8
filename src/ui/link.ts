import { paths } from './paths.ts'

/** A path with a query. Parameters without a value are omitted. */
export function linkTo(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const parameters = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters)}`
}

/** The form that links a network to the profile posts here. */
export function linkNetworkPath(providerId: string): string {
  return `${paths.profileNetworks}/${providerId}/link`
}
