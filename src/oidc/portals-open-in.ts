import type { PortalStore } from '#features/portal/index.ts'
import type { SessionId } from '#kernel/id.ts'
import type { ArtifactStore } from './artifact.store.ts'

/** Names of the portals that were opened with this session. */
export async function portalsOpenIn(
  read: { readonly artifacts: ArtifactStore; readonly portals: PortalStore },
  sessionId: SessionId,
): Promise<readonly string[]> {
  const sessions = await read.artifacts.listSessions([sessionId])
  const ids = new Set(sessions.flatMap(({ payload }) => Object.keys(payload.authorizations ?? {})))
  const portals = await Promise.all([...ids].map((id) => read.portals.find(id)))
  return portals.flatMap((portal) => (portal ? [portal.name] : []))
}
