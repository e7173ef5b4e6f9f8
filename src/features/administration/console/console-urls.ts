import { paths } from '#ui/paths.ts'

export function networkPath(id: string): string {
  return `${paths.consoleNetworks}/${id}`
}
