import { healthReasons } from '#features/provider-health/index.ts'
import { translator } from '#i18n/translator.ts'
import { Form } from '#ui/form.tsx'
import { Icon } from '#ui/icon.tsx'
import { linkNetworkPath } from '#ui/link.ts'
import { NetworkLogo } from '#ui/network-logo.tsx'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { startPath } from './federation-urls.ts'
import { federationMessages } from './messages.ts'

/** A network as pages offer it. */
export type NetworkOffer = {
  state: 'works' | 'troubled' | 'down' | 'off' | 'not-set-up' | 'locked'
  reason?: string | undefined
  /** Milliseconds since 1970; start of the current state. */
  since?: number | undefined
  /** A script checks at `origin` whether the browser can reach the network. */
  network?: { id: string; name: string; logo: string; origin?: string | undefined } | undefined
  usedLast?: boolean | undefined
}

const workingShown = 5
const failingShown = 3

/**
 * Working networks first, otherwise in the given order. The first few are shown, the rest is behind "Weitere". Networks
 * in trouble move down but stay visible, since people look for the one they use.
 */
export function NetworkList(props: {
  view: View
  offers: readonly NetworkOffer[]
  continueTo: string
  /** Steps up the current session or links the network to its profile, instead of starting a new session. */
  purpose?: 'step-up' | 'link'
}) {
  const t = translator(federationMessages, props.view.locale)
  const offers = choosable(props.offers)
  const working = offers.filter((offer) => offer.state === 'works')
  const failing = offers.filter((offer) => offer.state !== 'works')
  const rest = [...working.slice(workingShown), ...failing.slice(failingShown)]
  const rows = (shown: readonly NetworkOffer[]) => (
    <ul class="plain stack">
      {shown.map((offer) => (
        <li key={offer.network?.id}>
          <NetworkButton {...props} offer={offer} />
        </li>
      ))}
    </ul>
  )
  return (
    <div class="stack" data-offline={t('network.offline')}>
      {rows([...working.slice(0, workingShown), ...failing.slice(0, failingShown)])}
      {rest.length > 0 && (
        <details>
          <summary>{t('network.more')}</summary>
          {rows(rest)}
        </details>
      )}
      {props.offers.map((offer) => offer.state === 'off' && <SwitchedOff view={props.view} offer={offer} />)}
    </div>
  )
}

const choosableStates = ['works', 'troubled', 'down']

/** The networks that can be chosen now. */
export function choosable<Offer extends NetworkOffer>(offers: readonly Offer[]): Offer[] {
  return offers.filter((offer) => offer.network && choosableStates.includes(offer.state))
}

/** Listed without a button, since people look for the network they use. */
function SwitchedOff({ view, offer }: { view: View; offer: NetworkOffer }) {
  return (
    <p class="hint">
      {offer.network?.name}: <StateWords view={view} offer={offer} />
    </p>
  )
}

function NetworkButton(props: { view: View; offer: NetworkOffer; continueTo: string; purpose?: 'step-up' | 'link' }) {
  const { view, offer, continueTo, purpose } = props
  const network = offer.network
  if (!network) return null
  const t = translator(federationMessages, view.locale)
  const links = purpose === 'link'
  return (
    <Form
      view={view}
      action={links ? linkNetworkPath(network.id) : startPath(network.id)}
      hidden={links ? {} : { continue: continueTo, purpose }}
      class=""
    >
      <button
        type="submit"
        class="button quiet net"
        // No browser check for a network known to be down: the server answers immediately.
        {...(offer.state !== 'down' && {
          'data-network': network.origin,
          'data-looking': t('network.looking', { network: network.name }),
        })}
      >
        <NetworkLogo name={network.name} logo={network.logo} />
        <span class="words">
          <span>{links ? t('network.link', { network: network.name }) : network.name}</span>
          {offer.usedLast && <span class="mark">{t('network.used-last')}</span>}
          <StateNote view={view} offer={offer} />
        </span>
      </button>
    </Form>
  )
}

/** The reason in words, if the network is in trouble or down. */
function StateNote({ view, offer }: { view: View; offer: NetworkOffer }) {
  if (offer.state !== 'troubled' && offer.state !== 'down') return null
  return (
    <span class={`note state ${offer.state}`}>
      <Icon tone={offer.state === 'down' ? 'error' : 'troubled'} size={15} />
      <span>
        <StateWords view={view} offer={offer} />
      </span>
    </span>
  )
}

const reasons = [...healthReasons, 'just-failed'] as const

const stateWords: Readonly<Partial<Record<NetworkOffer['state'], 'state.down' | 'state.off'>>> = {
  down: 'state.down',
  off: 'state.off',
}

/** "zurzeit gestört, seit 10:42" */
export function StateWords({ view, offer }: { view: View; offer: NetworkOffer }) {
  const t = translator(federationMessages, view.locale)
  const reason = reasons.find((each) => each === offer.reason)
  return (
    <>
      {reason ? t(`reason.${reason}`) : t(stateWords[offer.state] ?? 'state.troubled')}
      {offer.since !== undefined && (
        <>
          {t('state.since')} <Time locale={view.locale} at={offer.since} style="clock" />
        </>
      )}
    </>
  )
}
