import { translator } from '#i18n/translator.ts'
import { Banner } from '#ui/banner.tsx'
import { linkTo } from '#ui/link.ts'
import { Table } from '#ui/table.tsx'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { ConsoleLayout } from '../console/console-layout.tsx'
import { networkPath } from '../console/console-urls.ts'
import { EndingsChart, EndingsLegend, EndingsWords, StateWords } from './ending-counts.tsx'
import { IncidentsCard } from './incidents-card.tsx'
import { networksMessages, wordsFor } from './messages.ts'
import { attemptsIn, endings } from './network-report.ts'
import { OverrideCard } from './override-card.tsx'
import { type ShownNetwork, spans } from './show-network.ts'

type Shown = { view: View; network: ShownNetwork }

/** `/admin/networks/<id>`: one network in detail. */
export function NetworkPage({ view, network, notice }: Shown & { notice?: string | undefined }) {
  const { locale } = view
  const t = translator(networksMessages, locale)
  const shownNotice = notice === 'override-set' || notice === 'override-ended' ? notice : undefined
  return (
    <ConsoleLayout view={view} title={network.name}>
      {shownNotice && (
        <Banner view={view} tone="success">
          {t(`notice.${shownNotice}`)}
        </Banner>
      )}
      <StateWords locale={locale} now={network.now} />
      <CourseCard view={view} network={network} />
      {network.now.state !== 'removed' && <OverrideCard view={view} network={network} />}
      <IncidentsCard locale={locale} incidents={network.incidents} />
      {attemptsIn(network.sum) > 0 && (
        <>
          <EndingsCard view={view} network={network} />
          {network.clientNetworks.length > 0 && <ClientNetworksCard view={view} network={network} />}
        </>
      )}
      {network.steps.length > 0 && <StepsCard view={view} network={network} />}
      {network.latencies.length > 0 && <LatenciesCard view={view} network={network} />}
    </ConsoleLayout>
  )
}

function CourseCard({ view, network }: Shown) {
  const { locale } = view
  const t = translator(networksMessages, locale)
  const { series, window } = network
  const bucketOf = (at: number) => Math.min(window.buckets, Math.max(0, at / window.width - window.first))
  const bands = network.incidents
    .filter(({ clientNetwork }) => clientNetwork === '')
    .map(({ since, endedAt, state, reason }) => ({
      from: bucketOf(since),
      to: bucketOf(endedAt ?? network.until),
      tone: state,
      label: `${t(`state.${state}`)}: ${wordsFor(locale, 'reason', reason)}`,
    }))
  return (
    <section class="card">
      <h2>{t('network.course')}</h2>
      <nav class="spans" aria-label={t('network.span')}>
        {spans.map((span) => (
          <a
            key={span}
            href={linkTo(networkPath(network.id), { span: span === 'day' ? undefined : span })}
            aria-current={span === network.span ? 'page' : undefined}
          >
            {t(`network.${span}`)}
          </a>
        ))}
      </nav>
      {attemptsIn(network.sum) === 0 && <p>{t('network.no-attempts', { network: network.name })}</p>}
      <div>
        <EndingsChart locale={locale} series={series} bands={bands} />
        <Axis view={view} network={network} />
      </div>
      <EndingsLegend locale={locale} />
      {attemptsIn(network.sum) > 0 && (
        <p class="hint">{t('chart.highest', { highest: Math.max(...series.map(attemptsIn)) })}</p>
      )}
    </section>
  )
}

function Axis({ view, network }: Shown) {
  const { first, width, buckets } = network.window
  const marks = network.span === 'day' ? 4 : 2
  const style = network.span === 'day' ? 'clock' : 'moment'
  const instants = Array.from({ length: marks + 1 }, (_, index) => (first + (buckets * index) / marks) * width)
  return (
    <div class="axis">
      {instants.map((at) => (
        <Time key={at} locale={view.locale} at={at} style={style} />
      ))}
    </div>
  )
}

function EndingsCard({ view, network }: Shown) {
  const t = translator(networksMessages, view.locale)
  const number = new Intl.NumberFormat(view.locale)
  const percent = new Intl.NumberFormat(view.locale, { style: 'percent', maximumFractionDigits: 1 })
  const total = attemptsIn(network.sum)
  return (
    <section class="card">
      <h2>{t('network.endings')}</h2>
      <Table label={t('network.endings')} head={[t('network.ending'), t('network.how-many'), t('network.share')]}>
        {endings.map((ending) => (
          <tr key={ending}>
            <th scope="row">{t(`ending.${ending}`)}</th>
            <td>{number.format(network.sum[ending])}</td>
            <td>{percent.format(network.sum[ending] / total)}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function ClientNetworksCard({ view, network }: Shown) {
  const t = translator(networksMessages, view.locale)
  return (
    <section class="card">
      <h2>{t('network.clients')}</h2>
      <p class="hint">{t('network.clients-words')}</p>
      <Table
        label={t('network.clients')}
        head={[t('network.client'), t('network.how-many'), t('network.kept-out'), t('network.course')]}
      >
        {network.clientNetworks.map(({ name, sum, series }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <EndingsWords locale={view.locale} counts={sum} />
            </td>
            <td>{sum.failed + sum['not-returned']}</td>
            <td>
              <EndingsChart locale={view.locale} series={series} small />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function StepsCard({ view, network }: Shown) {
  const { locale } = view
  const t = translator(networksMessages, locale)
  const number = new Intl.NumberFormat(locale)
  const head = ['network.step', 'network.outcome', 'network.reason', 'network.how-many'] as const
  return (
    <section class="card">
      <h2>{t('network.steps')}</h2>
      <Table label={t('network.steps')} head={head.map((key) => t(key))}>
        {network.steps.map(({ step, outcome, reason, count }) => (
          <tr key={`${step} ${outcome} ${reason}`}>
            <th scope="row">{wordsFor(locale, 'step', step)}</th>
            <td>{wordsFor(locale, 'outcome', outcome)}</td>
            <td>{reason && wordsFor(locale, 'reason', reason)}</td>
            <td>{number.format(count)}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function LatenciesCard({ view, network }: Shown) {
  const { locale } = view
  const t = translator(networksMessages, locale)
  const milliseconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond' })
  return (
    <section class="card">
      <h2>{t('network.latencies')}</h2>
      <Table label={t('network.latencies')} head={[t('network.step'), t('network.half'), t('network.most')]}>
        {network.latencies.map(({ step, median, p95 }) => (
          <tr key={step}>
            <th scope="row">{wordsFor(locale, 'step', step)}</th>
            <td>{milliseconds.format(median)}</td>
            <td>{milliseconds.format(p95)}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
