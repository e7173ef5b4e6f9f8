import { paths } from '#ui/paths.ts'

export function unlinkNetworkPath(providerId: string): string {
  return `${paths.profileNetworks}/${providerId}/unlink`
}

export function endSessionPath(sessionId: string): string {
  return `${paths.profileSessions}/${sessionId}/end`
}
