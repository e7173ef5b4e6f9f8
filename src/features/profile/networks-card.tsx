import { NetworkList, type NetworkOffer } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Button, Form } from '#ui/form.tsx'
import { NetworkLogo } from '#ui/network-logo.tsx'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { profileMessages } from './messages.ts'
import { unlinkNetworkPath } from './profile-urls.ts'

type Network = { id: string; name: string; logo: string }

export type Networks = {
  linked: readonly (Network & { linkedAt: readonly number[]; removable: boolean })[]
  linkable: readonly NetworkOffer[]
}

/** The networks linked to this profile, and those that can be linked. */
export function NetworksCard(props: {
  view: View
  networks: Networks
  /** Whether a link can be mailed if all networks fail. */
  mailIsLeft: boolean
}) {
  const { view, networks } = props
  const t = translator(profileMessages, view.locale)
  return (
    <section class="card">
      <h2>{t('networks.title')}</h2>
      {networks.linked.length === 0 && <p>{t('networks.none')}</p>}
      <ul class="plain">
        {networks.linked.map((network) => (
          <LinkedNetwork key={network.id} view={view} network={network} mailIsLeft={props.mailIsLeft} />
        ))}
      </ul>
      <NetworkList view={view} offers={networks.linkable} continueTo={view.path} purpose="link" />
    </section>
  )
}

function LinkedNetwork(props: { view: View; network: Networks['linked'][number]; mailIsLeft: boolean }) {
  const { view, network, mailIsLeft } = props
  const t = translator(profileMessages, view.locale)
  return (
    <li class="row">
      <NetworkLogo name={network.name} logo={network.logo} />
      <span class="grow short">
        {network.name}
        {network.linkedAt.length > 1 && (
          <span class="hint note">{t('networks.accounts', { count: network.linkedAt.length })}</span>
        )}
        {network.linkedAt.map((at) => (
          <span class="hint note" key={at}>
            {t('networks.linked-at')} <Time locale={view.locale} at={at} style="day" />
          </span>
        ))}
      </span>
      {network.removable ? (
        <details class="undo">
          <summary>{t('networks.unlink')}</summary>
          <Form view={view} action={unlinkNetworkPath(network.id)}>
            <p>{t('networks.unlink-words', { network: network.name })}</p>
            <Button kind="harm">{t('networks.unlink-submit', { network: network.name })}</Button>
          </Form>
        </details>
      ) : (
        <p class="hint full">{t(mailIsLeft ? 'networks.last-but-mail' : 'networks.last', { network: network.name })}</p>
      )}
    </li>
  )
}
