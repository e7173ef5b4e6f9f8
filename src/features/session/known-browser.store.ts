import type { Queryable } from '#database/open.ts'
import type { AccountId } from '#kernel/id.ts'
import type { UsedWay } from './proof.ts'

export type KnownBrowserStore = ReturnType<typeof knownBrowserStore>

/** An account that has signed in with this browser before. */
export type KnownBrowser = {
  readonly accountId: AccountId
  readonly lastWay: UsedWay
}

/** `password`, or `network:google` */
function toText({ kind, providerId }: UsedWay): string {
  return providerId === undefined ? kind : `${kind}:${providerId}`
}

function toWay(text: string): UsedWay {
  const [kind, providerId] = text.split(':')
  return { kind: kind as UsedWay['kind'], ...(providerId !== undefined && { providerId }) }
}

export function knownBrowserStore(db: Queryable) {
  return {
    /** The accounts that this browser is known to, latest first. */
    list: async (tokenHash: string, now: number): Promise<readonly KnownBrowser[]> => {
      const rows = await db
        .selectFrom('known_browser')
        .select(['account_id', 'last_way'])
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', now)
        .orderBy('seen_at', 'desc')
        .execute()
      return rows.map((row) => ({ accountId: row.account_id as AccountId, lastWay: toWay(row.last_way) }))
    },
    remember: async (tokenHash: string, known: KnownBrowser, now: number, expiresAt: number): Promise<void> => {
      const seen = { last_way: toText(known.lastWay), seen_at: now, expires_at: expiresAt }
      await db
        .insertInto('known_browser')
        .values({ token_hash: tokenHash, account_id: known.accountId, ...seen })
        .onConflict((conflict) => conflict.columns(['token_hash', 'account_id']).doUpdateSet(seen))
        .execute()
    },
    deleteOfAccount: async (accountId: AccountId): Promise<void> => {
      await db.deleteFrom('known_browser').where('account_id', '=', accountId).execute()
    },
    deletePast: async (now: number): Promise<void> => {
      await db.deleteFrom('known_browser').where('expires_at', '<=', now).execute()
    },
  }
}
