import { sql } from 'kysely'
import type { Queryable } from '../../../database/open.ts'
import type { ProviderIncidentTable } from '../../../database/schema.ts'
import type { Count, Duration, ReportedIncident, SeenStep } from './network-report.ts'

export type NetworkReportStore = ReturnType<typeof networkReportStore>

const stepsShown = 100
const incidentsShown = 100

const toIncident = (row: ProviderIncidentTable): ReportedIncident => ({
  id: row.id,
  providerId: row.provider_id,
  clientNetwork: row.client_network,
  state: row.state,
  reason: row.reason,
  since: row.since,
  endedAt: row.ended_at,
  evidence: JSON.parse(row.evidence),
})

/** What the console reads of the networks: added up in the database, since there may be millions of observations. */
export function networkReportStore(db: Queryable) {
  const observed = db.selectFrom('provider_observation')
  const howMany = sql<number>`count(*)`.as('count')
  const hasFailed = sql<number>`count(case when outcome = 'failed' then 1 end)`
  // A literal, so that both engines divide integers.
  const bucketOf = (width: number) => sql<number>`at / ${sql.lit(width)}`
  const counted = (width: number, after: number) =>
    observed
      .where('at', '>=', after)
      .where('step', '<>', 'probe')
      .select(['provider_id as providerId', 'step', 'outcome', 'reason', bucketOf(width).as('bucket'), howMany])
      .groupBy(['provider_id', 'step', 'outcome', 'reason', bucketOf(width)])
  return {
    /** By network and stretch of time. */
    counts: async (width: number, after: number): Promise<readonly Count[]> => {
      const rows = await counted(width, after).execute()
      return rows.map((row) => ({ ...row, clientNetwork: '' }))
    },
    countsOfNetwork: async (providerId: string, width: number, after: number): Promise<readonly Count[]> => {
      const rows = await counted(width, after).where('provider_id', '=', providerId).execute()
      return rows.map((row) => ({ ...row, clientNetwork: '' }))
    },
    /** Client networks from which most failed. */
    worstClientNetworks: async (providerId: string, after: number, limit: number): Promise<readonly string[]> => {
      const rows = await observed
        .select('client_network')
        .where('provider_id', '=', providerId)
        .where('at', '>=', after)
        .where('client_network', '<>', '')
        .groupBy('client_network')
        .orderBy(hasFailed, 'desc')
        .orderBy(sql`count(*)`, 'desc')
        .orderBy('client_network')
        .limit(limit)
        .execute()
      return rows.map((row) => row.client_network)
    },
    countsOfClientNetworks: async (
      providerId: string,
      clientNetworks: readonly string[],
      width: number,
      after: number,
    ): Promise<readonly Count[]> => {
      if (clientNetworks.length === 0) return []
      return counted(width, after)
        .where('provider_id', '=', providerId)
        .where('client_network', 'in', clientNetworks)
        .select('client_network as clientNetwork')
        .groupBy('client_network')
        .execute()
    },
    /** How long our server waited for answers, to ten milliseconds. */
    durations: async (providerId: string, after: number): Promise<readonly Duration[]> => {
      const rounded = sql<number>`milliseconds - milliseconds % 10`
      return observed
        .select(['step', rounded.as('milliseconds'), howMany])
        .where('provider_id', '=', providerId)
        .where('at', '>=', after)
        .where('step', 'in', ['token', 'user-data'])
        .where('milliseconds', 'is not', null)
        .groupBy(['step', rounded])
        .execute()
    },
    /** All that was seen of one attempt, in order. */
    steps: async (reference: string): Promise<readonly SeenStep[]> => {
      return observed
        .select(['provider_id as providerId', 'at', 'step', 'outcome', 'reason', 'milliseconds'])
        .select('client_network as clientNetwork')
        .where('reference', '=', reference)
        .orderBy('at')
        .orderBy('id')
        .limit(stepsShown)
        .execute()
    },
    /** Those that were open after an instant, of one network or of all, the newest first. */
    incidents: async (after: number, providerId?: string): Promise<readonly ReportedIncident[]> => {
      let query = db
        .selectFrom('provider_incident')
        .selectAll()
        .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', after)]))
      if (providerId !== undefined) query = query.where('provider_id', '=', providerId)
      const rows = await query.orderBy('since', 'desc').limit(incidentsShown).execute()
      return rows.map(toIncident)
    },
    /** Incidents for everybody that are not over. */
    openIncidents: async (): Promise<readonly ReportedIncident[]> => {
      const rows = await db
        .selectFrom('provider_incident')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('client_network', '=', '')
        .execute()
      return rows.map(toIncident)
    },
    /** What the audit trail says of an attempt, which belongs to no account yet. */
    recorded: async (reference: string, from: number, to: number) => {
      const rows = await db
        .selectFrom('audit')
        .select(['at', 'event', 'details'])
        .where('account_id', 'is', null)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .where('details', 'like', `%"reference":"${reference}"%`)
        .orderBy('at')
        .limit(stepsShown)
        .execute()
      return rows.map(({ details, ...row }) => ({ ...row, details: JSON.parse(details) as Recorded['details'] }))
    },
  }
}

type Recorded = { readonly details: Readonly<Record<string, string | number | boolean>> }
