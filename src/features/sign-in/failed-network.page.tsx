import {
  choosable,
  FailureReference,
  failureTraits,
  federationMessages,
  NetworkList,
  RetryNetwork,
  type ShownFailure,
  startPath,
} from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Banner } from '#ui/banner.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { signInMessages } from './messages.ts'
import { PasswordForm } from './password-form.tsx'
import { OtherWays } from './ways/other-ways.tsx'
import type { Way } from './ways/way.ts'

export type FailedNetworkPageProps = ShownFailure & {
  view: View
  ways: readonly Way[]
  continueTo: string
}

/** Sign-in through a network failed: what happened, whose fault it is, and forms for the ways that work. */
export function FailedNetworkPage(props: FailedNetworkPageProps) {
  const { view, network, failure, continueTo } = props
  const t = translator(signInMessages, view.locale)
  const inWords = translator(federationMessages, view.locale)
  const names = { network: network.name }
  const others = props.ways.filter((way) => way.network?.id !== network.id)
  const outage = { tone: 'troubled', title: t('failed.outage') } as const
  const { isOutage, othersHelp, retry } = failureTraits[failure]
  const retryProps = { view, network, failure, action: startPath(network.id), hidden: { continue: continueTo } }
  return (
    <Layout view={view} title={inWords(`failed.${failure}.title`, names)} ownHelp>
      <Banner view={view} {...(isOutage ? outage : { tone: 'info' })}>
        {inWords(`failed.${failure}.words`, names)} {othersHelp && t('failed.still')}
      </Banner>
      {retry === 'first' && <RetryNetwork {...retryProps} kind="main" />}
      <h2>{t('failed.password')}</h2>
      <PasswordForm
        view={view}
        identifier=""
        continueTo={continueTo}
        quiet={retry === 'first'}
        withoutForgot={props.ways.some((way) => way.kind === 'mailed-link' && way.state === 'works')}
      />
      <OtherWays view={view} ways={props.ways} continueTo={continueTo} />
      {choosable(others).length > 0 && (
        <>
          <h2 class="rule">{t('failed.other-network')}</h2>
          <NetworkList view={view} offers={others} continueTo={continueTo} />
        </>
      )}
      {retry === 'last' && <RetryNetwork {...retryProps} kind="quiet" />}
      <p class="calls">
        <a href={linkTo(paths.helpSignIn, { continue: continueTo })}>{t('failed.help')}</a>
      </p>
      <FailureReference {...props} />
    </Layout>
  )
}
