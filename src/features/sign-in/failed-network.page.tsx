import { translator } from '../../i18n/translator.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, Form } from '../../ui/form.tsx'
import { Layout } from '../../ui/layout.tsx'
import { choosable, NetworkList } from '../../ui/network-list.tsx'
import type { View } from '../../ui/view.ts'
import type { NetworkFailure } from '../provider/index.ts'
import { signInMessages } from './messages.ts'
import { OtherWays } from './other-ways.tsx'
import { PasswordForm } from './password-form.tsx'
import type { Way } from './way.ts'

export type Failure = NetworkFailure | 'account-needs-proof' | 'account-disabled'

/** Nothing is wrong with the network: beginning again is the obvious next step. */
const beginAgain: readonly Failure[] = ['cancelled', 'expired', 'not-this-browser']
const noRetry: readonly Failure[] = ['disabled', 'account-needs-proof', 'account-disabled']
const outages: readonly Failure[] = ['unreachable', 'unreachable-here', 'slow', 'nonsense', 'error']

/** M2: a network did not let the person in. What happened, whose trouble it is, and the ways that work, as real forms. */
export function FailedNetworkPage(props: {
  view: View
  network: { id: string; name: string; logo: string }
  failure: Failure
  ways: readonly Way[]
  continueTo: string
  reference: string
}) {
  const { view, network, failure, continueTo } = props
  const t = translator(signInMessages, view.locale)
  const names = { network: network.name }
  const others = props.ways.filter((way) => way.network?.id !== network.id)
  const outage = { tone: 'troubled', title: t('failed.outage') } as const
  const retry = (kind: 'main' | 'quiet') => (
    <Form view={view} action={`/sign-in/with/${network.id}`} hidden={{ continue: continueTo }}>
      <Button kind={kind}>{t('failed.retry', names)}</Button>
    </Form>
  )
  return (
    <Layout view={view} title={t(`failed.${failure}.title`, names)}>
      <Banner view={view} {...(outages.includes(failure) ? outage : { tone: 'info' })}>
        {t(`failed.${failure}.words`, names)}
      </Banner>
      {beginAgain.includes(failure) && retry('main')}
      <h2>{t('failed.password')}</h2>
      <PasswordForm
        view={view}
        identifier=""
        continueTo={continueTo}
        quiet={beginAgain.includes(failure)}
        withoutForgot={props.ways.some((way) => way.means === 'mailed-link' && way.state === 'works')}
      />
      <OtherWays view={view} ways={props.ways} continueTo={continueTo} />
      {choosable(others).length > 0 && (
        <>
          <h2 class="rule">{t('failed.other-network')}</h2>
          <NetworkList view={view} offers={others} continueTo={continueTo} />
        </>
      )}
      {!beginAgain.includes(failure) && !noRetry.includes(failure) && retry('quiet')}
      <p class="reference">{t('failed.reference', { reference: props.reference })}</p>
    </Layout>
  )
}
