import { translator } from '../../../i18n/translator.ts'
import type { Locale } from '../../../kernel/locale.ts'
import { Icon } from '../../../ui/icon.tsx'
import { NetworkLogo } from '../../../ui/network-logo.tsx'
import { Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import type { View } from '../../../ui/view.ts'
import { AttemptSearch } from './attempts.page.tsx'
import { ConsoleLayout } from './console-layout.tsx'
import { networkPath } from './console-urls.ts'
import { consoleMessages, wordsFor } from './messages.ts'
import type { NetworkLine } from './show-networks.ts'
import { EndingsLegend, StateWords, TallyChart, TallyWords } from './tally-words.tsx'

/** `/admin/networks`: all networks at a glance. */
export function NetworksPage(props: { view: View; networks: readonly NetworkLine[]; now: number }) {
  const { view, networks } = props
  const { locale } = view
  const t = translator(consoleMessages, locale)
  const head = ['network', 'state', 'hour', 'day', 'course', 'notes'] as const
  return (
    <ConsoleLayout view={view} title={t('networks.title')}>
      {networks.length === 0 && <p>{t('networks.none')}</p>}
      {networks.length > 0 && (
        <div>
          <Table label={t('networks.title')} head={head.map((each) => t(`networks.${each}`))}>
            {networks.map((network) => (
              <NetworkRow key={network.id} locale={locale} network={network} now={props.now} />
            ))}
          </Table>
          <EndingsLegend locale={locale} />
        </div>
      )}
      <section class="card">
        <h2>{t('search.title')}</h2>
        <AttemptSearch view={view} />
      </section>
    </ConsoleLayout>
  )
}

function NetworkRow({ locale, network, now }: { locale: Locale; network: NetworkLine; now: number }) {
  return (
    <tr>
      <th scope="row">
        <a class="named" href={networkPath(network.id)}>
          <NetworkLogo name={network.name} logo={network.logo} />
          {network.name}
        </a>
      </th>
      <td>
        <StateWords locale={locale} now={network.now} />
      </td>
      <td>
        <TallyWords locale={locale} tally={network.hour} />
      </td>
      <td>
        <TallyWords locale={locale} tally={network.day} />
      </td>
      <td>
        <TallyChart locale={locale} series={network.series} small />
      </td>
      <td>
        <Notes locale={locale} network={network} now={now} />
      </td>
    </tr>
  )
}

/** What somebody should look after: secrets that run out, and what the daily check found. */
function Notes({ locale, network, now }: { locale: Locale; network: NetworkLine; now: number }) {
  const t = translator(consoleMessages, locale)
  const { findings, secretExpiresAt: at } = network
  if (at === null && findings.length === 0) return <span class="soft">{t('note.none')}</span>
  return (
    <ul class="plain">
      {findings.map(({ code, severity, at: when }) => (
        <li key={code} class={`state ${severity === 'error' ? 'down-word' : 'troubled-word'}`}>
          <Icon tone={severity === 'error' ? 'error' : 'troubled'} size={16} />
          <span>
            {wordsFor(locale, 'finding', code)} {when !== undefined && <Time locale={locale} at={when} style="day" />}
          </span>
        </li>
      ))}
      {at !== null && (
        <li class={at <= now ? 'down-word' : 'soft'}>
          {t(at <= now ? 'note.secret-expired' : 'note.secret-expires')} <Time locale={locale} at={at} style="day" />
        </li>
      )}
    </ul>
  )
}
