export const networksPath = '/admin/networks'
export const attemptsPath = '/admin/attempts'

export function networkPath(id: string): string {
  return `${networksPath}/${id}`
}
