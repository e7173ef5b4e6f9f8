import { StateWords, startPath } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Form } from '#ui/form.tsx'
import { Icon } from '#ui/icon.tsx'
import { NetworkLogo } from '#ui/network-logo.tsx'
import type { View } from '#ui/view.ts'
import type { Way } from '../ways/way.ts'
import { helpMessages } from './messages.ts'

const shownAtOnce = 6

/** Health of each network, those in trouble first. A script adds whether this browser can reach it. */
export function NetworkStates(props: {
  view: View
  ways: readonly Way[]
  waysOfEverybody: readonly Way[]
  continueTo: string
}) {
  const { view, ways, continueTo } = props
  const t = translator(helpMessages, view.locale)
  const stateOfEverybody = (id: string) => props.waysOfEverybody.find((way) => way.network?.id === id)?.state
  const ordered = [...ways.filter((way) => way.state !== 'works'), ...ways.filter((way) => way.state === 'works')]
  const rows = (some: readonly Way[]) => (
    <ul class="plain">
      {some.map(({ network, ...way }) =>
        network === undefined ? null : (
          <li class="row" key={network.id}>
            <NetworkLogo name={network.name} logo={network.logo} />
            <b class="grow short">{network.name}</b>
            {way.state !== 'off' && (
              <Form view={view} action={startPath(network.id)} hidden={{ continue: continueTo }} class="">
                <button
                  type="submit"
                  class="button quiet"
                  data-network={way.state === 'down' ? undefined : network.origin}
                >
                  {t('help.start')}
                  <span class="vh"> {t('help.start-with', { network: network.name })}</span>
                </button>
              </Form>
            )}
            <span class="full check">
              <State view={view} way={way} worksForOthers={stateOfEverybody(network.id) === 'works'} />
              <button
                type="button"
                class="linked"
                hidden
                data-check={way.state === 'off' ? undefined : network.origin}
                data-name={network.name}
                aria-controls={`check-${network.id}`}
              >
                {t('help.check')}
                <span class="vh"> ({network.name})</span>
              </button>
              <span id={`check-${network.id}`} role="status" />
            </span>
          </li>
        ),
      )}
    </ul>
  )
  return (
    <div
      class="stack"
      data-looking={t('help.check.looking', { network: '{network}' })}
      data-reachable={t('help.check.reachable', { network: '{network}' })}
      data-unreachable={t('help.check.unreachable', { network: '{network}' })}
      data-offline={t('help.check.offline')}
    >
      {rows(ordered.slice(0, shownAtOnce))}
      {ordered.length > shownAtOnce && (
        <details>
          <summary>{t('help.networks.more')}</summary>
          {rows(ordered.slice(shownAtOnce))}
        </details>
      )}
    </div>
  )
}

/** The state in words, since when, and whether it affects everybody. */
function State(props: { view: View; way: Way; worksForOthers: boolean }) {
  const { view, way } = props
  const t = translator(helpMessages, view.locale)
  if (way.state === 'works') {
    return (
      <span class="state works-word">
        <Icon tone="success" size={15} />
        {t('help.state.works')}
      </span>
    )
  }
  return (
    <span class={`state ${way.state}-word`}>
      <Icon tone={way.state === 'down' ? 'error' : 'troubled'} size={15} />
      <span>
        <StateWords view={view} offer={way} />
        {'.'}
        {way.reason !== 'just-failed' && ` ${t(props.worksForOthers ? 'help.state.here' : 'help.state.everybody')}`}
      </span>
    </span>
  )
}
