import { translator } from '../../i18n/translator.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, Form } from '../../ui/form.tsx'
import { Layout } from '../../ui/layout.tsx'
import { linkTo } from '../../ui/link.ts'
import { choosable, NetworkList } from '../../ui/network-list.tsx'
import type { View } from '../../ui/view.ts'
import { beginAgain, type Failure, noRetry, outages } from './failure.ts'
import { signInMessages } from './messages.ts'
import { OtherWays } from './other-ways.tsx'
import { PasswordForm } from './password-form.tsx'
import { helpPath } from './sign-in-urls.ts'
import type { Way } from './way.ts'

/** What a network may call its reason; anything else is no code but text that somebody wants to have shown here. */
const plainCode = /^[a-z0-9_.-]{1,60}$/i

export type FailedNetworkPageProps = {
  view: View
  network: { id: string; name: string; logo: string }
  failure: Failure
  /** The network's own word for it. */
  code?: string | undefined
  ways: readonly Way[]
  continueTo: string
  reference: string
}

/** M2: a network did not let the person in. What happened, whose trouble it is, and the ways that work, as real forms. */
export function FailedNetworkPage(props: FailedNetworkPageProps) {
  const { view, network, failure, code = '', continueTo } = props
  const t = translator(signInMessages, view.locale)
  const names = { network: network.name }
  const others = props.ways.filter((way) => way.network?.id !== network.id)
  const outage = { tone: 'troubled', title: t('failed.outage') } as const
  const beginsAgain = beginAgain.includes(failure)
  return (
    <Layout view={view} title={t(`failed.${failure}.title`, names)} ownHelp>
      <Banner view={view} {...(outages.includes(failure) ? outage : { tone: 'info' })}>
        {t(`failed.${failure}.words`, names)}
      </Banner>
      {beginsAgain && <Retry {...props} kind="main" />}
      <h2>{t('failed.password')}</h2>
      <PasswordForm
        view={view}
        identifier=""
        continueTo={continueTo}
        quiet={beginsAgain}
        withoutForgot={props.ways.some((way) => way.means === 'mailed-link' && way.state === 'works')}
      />
      <OtherWays view={view} ways={props.ways} continueTo={continueTo} />
      {choosable(others).length > 0 && (
        <>
          <h2 class="rule">{t('failed.other-network')}</h2>
          <NetworkList view={view} offers={others} continueTo={continueTo} />
        </>
      )}
      {!beginsAgain && !noRetry.includes(failure) && <Retry {...props} kind="quiet" />}
      <p class="calls">
        <a href={linkTo(helpPath, { continue: continueTo })}>{t('failed.help')}</a>
      </p>
      <p class="reference">
        {plainCode.test(code) && (
          <>
            {t('failed.code', { ...names, code })}
            <br />
          </>
        )}
        {t('failed.reference', { reference: props.reference })}
      </p>
    </Layout>
  )
}

/** In spite of an outage: neither the browser nor the server looks first. */
function Retry({ view, network, failure, continueTo, kind }: FailedNetworkPageProps & { kind: 'main' | 'quiet' }) {
  const t = translator(signInMessages, view.locale)
  const anyway = outages.includes(failure)
  const hidden = { continue: continueTo, anyway: anyway ? '1' : undefined }
  return (
    <Form view={view} action={`/sign-in/with/${network.id}`} hidden={hidden}>
      <Button kind={kind}>{t(anyway ? 'failed.anyway' : 'failed.retry', { network: network.name })}</Button>
    </Form>
  )
}
