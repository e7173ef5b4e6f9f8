import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { Table } from '#ui/table.tsx'
import { Time } from '#ui/time.tsx'
import { StateWords } from './ending-counts.tsx'
import { networksMessages, wordsFor } from './messages.ts'
import type { ReportedIncident } from './network-report.ts'

/** Open and past incidents with their evidence. */
export function IncidentsCard({ locale, incidents }: { locale: Locale; incidents: readonly ReportedIncident[] }) {
  const t = translator(networksMessages, locale)
  const head = ['incident', 'whom', 'from', 'to', 'evidence'] as const
  return (
    <section class="card">
      <h2>{t('network.incidents')}</h2>
      {incidents.length === 0 && <p>{t('network.no-incidents')}</p>}
      {incidents.length > 0 && (
        <Table label={t('network.incidents')} head={head.map((each) => t(`network.${each}`))}>
          {incidents.map((incident) => (
            <IncidentRow key={incident.id} locale={locale} incident={incident} />
          ))}
        </Table>
      )}
    </section>
  )
}

function IncidentRow({ locale, incident }: { locale: Locale; incident: ReportedIncident }) {
  const t = translator(networksMessages, locale)
  const { state, reason, clientNetwork, since, endedAt } = incident
  return (
    <tr>
      <td>
        <StateWords locale={locale} now={{ state, reason }} />
      </td>
      <td>{clientNetwork || t('network.everybody')}</td>
      <td>
        <Time locale={locale} at={since} />
      </td>
      <td>{endedAt === null ? <b>{t('network.open')}</b> : <Time locale={locale} at={endedAt} />}</td>
      <td>{evidenceWords(locale, incident)}</td>
    </tr>
  )
}

/** "7 von 9 misslungen, 5 hintereinander: Antwort mit dem Token". Rounded, because the counts decay over time. */
function evidenceWords(locale: Locale, { evidence }: ReportedIncident): string {
  const t = translator(networksMessages, locale)
  const bad = Math.max(Math.round(evidence.bad), evidence.run)
  const all = Math.max(Math.round(evidence.good + evidence.bad), bad)
  const stream = wordsFor(locale, 'stream', evidence.stream)
  return t('evidence.words', { bad, all, run: evidence.run, stream })
}
