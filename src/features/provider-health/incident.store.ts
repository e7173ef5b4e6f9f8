import { sql } from 'kysely'
import { orUniqueConflict } from '#database/constraint.ts'
import type { Queryable } from '#database/open.ts'
import { padded } from '#database/padded.ts'
import type { ProviderIncidentTable } from '#database/schema.ts'
import type { Incident } from './incident.ts'

export type IncidentStore = ReturnType<typeof incidentStore>

const toIncident = (row: ProviderIncidentTable): Incident => ({
  id: row.id,
  providerId: row.provider_id,
  clientNetwork: row.client_network,
  state: row.state,
  reason: row.reason as Incident['reason'],
  evidence: JSON.parse(row.evidence),
  since: row.since,
  endedAt: row.ended_at,
})

/** Every node keeps them in memory, and reads them every second. */
const maximumOpen = 1_000

export function incidentStore(db: Queryable) {
  return {
    /** Global incidents first, then the newest of client networks. Limited, since attackers can cause many of those. */
    listOpen: async (): Promise<readonly Incident[]> => {
      const rows = await db
        .selectFrom('provider_incident')
        .selectAll()
        .where('ended_at', 'is', null)
        .orderBy(sql`case when client_network = '' then 0 else 1 end`)
        .orderBy('since', 'desc')
        .limit(maximumOpen)
        .execute()
      return rows.map(toIncident)
    },
    findOpen: async (providerId: string, clientNetworks: readonly string[]): Promise<ReadonlyMap<string, Incident>> => {
      const rows = await db
        .selectFrom('provider_incident')
        .selectAll()
        .where('provider_id', '=', providerId)
        .where('client_network', 'in', padded(clientNetworks))
        .where('ended_at', 'is', null)
        .execute()
      return new Map(rows.map((row) => [row.client_network, toIncident(row)]))
    },
    /** Incidents that were open after an instant, newest first. */
    listSince: async (after: number): Promise<readonly Incident[]> => {
      const rows = await db
        .selectFrom('provider_incident')
        .selectAll()
        .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', after)]))
        .orderBy('since', 'desc')
        .limit(500)
        .execute()
      return rows.map(toIncident)
    },
    /** @throws UniqueConflict if one is already open for this provider and client network */
    insert: async (incident: Incident): Promise<void> => {
      await orUniqueConflict(
        db
          .insertInto('provider_incident')
          .values({
            id: incident.id,
            provider_id: incident.providerId,
            client_network: incident.clientNetwork,
            state: incident.state,
            reason: incident.reason,
            evidence: JSON.stringify(incident.evidence),
            since: incident.since,
            ended_at: incident.endedAt,
          })
          .execute(),
      )
    },
    /** @returns whether it was open */
    update: async ({ id, state, reason, evidence }: Incident): Promise<boolean> => {
      const result = await db
        .updateTable('provider_incident')
        .set({ state, reason, evidence: JSON.stringify(evidence) })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** @returns whether it was open */
    end: async (id: string, now: number): Promise<boolean> => {
      const result = await db
        .updateTable('provider_incident')
        .set({ ended_at: now })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    endAllOf: async (providerId: string, now: number): Promise<void> => {
      await db
        .updateTable('provider_incident')
        .set({ ended_at: now })
        .where('provider_id', '=', providerId)
        .where('ended_at', 'is', null)
        .execute()
    },
    /** Ends incidents without evidence: the visitors no longer come, or the provider was removed. */
    endForgotten: async (now: number): Promise<void> => {
      await db
        .updateTable('provider_incident')
        .set({ ended_at: now })
        .where('ended_at', 'is', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('provider_evidence')
                .select('provider_evidence.at')
                .whereRef('provider_evidence.provider_id', '=', 'provider_incident.provider_id')
                .whereRef('provider_evidence.client_network', '=', 'provider_incident.client_network'),
            ),
          ),
        )
        .execute()
    },
    deleteEndedBefore: async (before: number): Promise<void> => {
      await db.deleteFrom('provider_incident').where('ended_at', '<', before).execute()
    },
  }
}
