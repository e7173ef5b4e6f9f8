import { compiled } from '#database/compiled.ts'
import { orUniqueConflict } from '#database/constraint.ts'
import type { Queryable } from '#database/open.ts'
import type { PortalTable } from '#database/schema.ts'
import type { Portal } from './portal.ts'

export type PortalStore = ReturnType<typeof portalStore>

const toPortal = (row: PortalTable): Portal => ({
  id: row.id,
  name: row.name,
  clientSecret: row.client_secret,
  redirectUris: JSON.parse(row.redirect_uris),
  postLogoutRedirectUris: JSON.parse(row.post_logout_redirect_uris),
  backchannelLogoutUri: row.backchannel_logout_uri,
  startUri: row.start_uri,
  logoUri: row.logo_uri,
  colour: row.colour,
  access: JSON.parse(row.access),
  createdAt: row.created_at,
})

export function portalStore(db: Queryable) {
  const byId = compiled(db, () => db.selectFrom('portal').selectAll().where('id', '=', ''))
  return {
    find: async (id: string): Promise<Portal | undefined> => {
      const [row] = await byId(id)
      return row && toPortal(row)
    },
    /** Ordered by name. */
    list: async (): Promise<readonly Portal[]> => {
      const rows = await db.selectFrom('portal').selectAll().orderBy('name').orderBy('id').execute()
      return rows.map(toPortal)
    },
    /** @throws UniqueConflict if the id is taken */
    insert: async (portal: Portal): Promise<void> => {
      await orUniqueConflict(
        db
          .insertInto('portal')
          .values({
            id: portal.id,
            name: portal.name,
            client_secret: portal.clientSecret,
            redirect_uris: JSON.stringify(portal.redirectUris),
            post_logout_redirect_uris: JSON.stringify(portal.postLogoutRedirectUris),
            backchannel_logout_uri: portal.backchannelLogoutUri,
            start_uri: portal.startUri,
            logo_uri: portal.logoUri,
            colour: portal.colour,
            access: JSON.stringify(portal.access),
            created_at: portal.createdAt,
          })
          .execute(),
      )
    },
    /** @returns whether it existed */
    delete: async (id: string): Promise<boolean> => {
      const result = await db.deleteFrom('portal').where('id', '=', id).executeTakeFirst()
      return Number(result.numDeletedRows) === 1
    },
  }
}
