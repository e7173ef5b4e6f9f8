import type { Finding } from '#features/provider/index.ts'
import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { Icon } from '#ui/icon.tsx'
import { NetworkLogo } from '#ui/network-logo.tsx'
import { Table } from '#ui/table.tsx'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { ConsoleLayout } from '../console/console-layout.tsx'
import { networkPath } from '../console/console-urls.ts'
import { AttemptSearch } from './attempts.page.tsx'
import { EndingsChart, EndingsLegend, EndingsWords, StateWords } from './ending-counts.tsx'
import { networksMessages, wordsFor } from './messages.ts'
import type { NetworkLine } from './show-networks.ts'

/** `/admin/networks`: an overview of all networks. */
export function NetworksPage(props: { view: View; networks: readonly NetworkLine[] }) {
  const { view, networks } = props
  const { locale } = view
  const t = translator(networksMessages, locale)
  const head = ['network', 'state', 'hour', 'day', 'course', 'notes'] as const
  return (
    <ConsoleLayout view={view} title={t('networks.title')}>
      {networks.length === 0 && <p>{t('networks.none')}</p>}
      {networks.length > 0 && (
        <div>
          <Table label={t('networks.title')} head={head.map((each) => t(`networks.${each}`))}>
            {networks.map((network) => (
              <NetworkRow key={network.id} locale={locale} network={network} />
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

function NetworkRow({ locale, network }: { locale: Locale; network: NetworkLine }) {
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
        <EndingsWords locale={locale} counts={network.hour} />
      </td>
      <td>
        <EndingsWords locale={locale} counts={network.day} />
      </td>
      <td>
        <EndingsChart locale={locale} series={network.series} small />
      </td>
      <td>
        <Notes locale={locale} network={network} />
      </td>
    </tr>
  )
}

/** Action needed: findings of the daily check, and the expiry of the secret. */
function Notes({ locale, network }: { locale: Locale; network: NetworkLine }) {
  const t = translator(networksMessages, locale)
  const { findings, secretExpiresAt } = network
  const saysItself = findings.some(({ code }) => code === 'secret-expires')
  if (findings.length === 0 && secretExpiresAt === null) return <span class="soft">{t('note.none')}</span>
  return (
    <ul class="plain">
      {findings.map((finding) => (
        <li
          key={JSON.stringify(finding)}
          class={`state ${finding.severity === 'error' ? 'down-word' : 'troubled-word'}`}
        >
          <Icon tone={finding.severity === 'error' ? 'error' : 'troubled'} size={16} />
          <FindingWords locale={locale} finding={finding} />
        </li>
      ))}
      {secretExpiresAt !== null && !saysItself && (
        <li class="soft">
          {t('finding.secret-expires')} <Time locale={locale} at={secretExpiresAt} style="day" />
        </li>
      )}
    </ul>
  )
}

function FindingWords({ locale, finding }: { locale: Locale; finding: Finding }) {
  const { code } = finding
  const isOver = code === 'secret-expires' && finding.severity === 'error'
  return (
    <span>
      {wordsFor(locale, 'finding', isOver ? 'secret-expired' : code)}
      {'failure' in finding && ` ${wordsFor(locale, 'reason', finding.failure)}`}
      {'what' in finding && ` ${finding.what}`}
      {'name' in finding && ` ${finding.name}`}
      {'at' in finding && (
        <>
          {' '}
          <Time locale={locale} at={finding.at} style="day" />
        </>
      )}
    </span>
  )
}
