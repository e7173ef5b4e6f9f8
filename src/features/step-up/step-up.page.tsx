import type { ShownFailure } from '#features/federation/index.ts'
import { choosable, FailedNetworkBanner, failureTraits, NetworkList, startPath } from '#features/federation/index.ts'
import { OtherWays, type Way } from '#features/sign-in/index.ts'
import { translator } from '#i18n/translator.ts'
import { ProblemBanner } from '#ui/banner.tsx'
import { Button, ButtonLink, Form, PasswordField } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { fieldError, type ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { stepUpMessages } from './messages.ts'

/** Asks for a fresh proof before a sensitive change. The password form posts to the page's own address. */
export function StepUpPage(props: {
  view: View
  continueTo: string
  ways: readonly Way[]
  problem?: ShownProblem | undefined
  /** A failed step-up through a network. */
  failed?: ShownFailure | undefined
  /** The account's primary identifier, for password managers. */
  identifier?: string | undefined
}) {
  const { view, ways, problem, continueTo } = props
  const t = translator(stepUpMessages, view.locale)
  const password = ways.some((way) => way.kind === 'password' && way.state === 'works')
  // After an outage, the banner already has a button for this network.
  const tried = props.failed && failureTraits[props.failed.failure].isOutage ? props.failed.network.id : undefined
  const others = ways.filter((way) => tried === undefined || way.network?.id !== tried)
  const networks = choosable(others).length > 0
  const linked = ways.some((way) => way.state === 'works' && way.path && way.kind !== 'mailed-link')
  const mail = !password && ways.some((way) => way.kind === 'mailed-link' && way.state === 'works')
  return (
    <Layout view={view} title={t('step-up.title')} refused={Boolean(problem ?? props.failed)}>
      <ProblemBanner view={view} messages={stepUpMessages} problem={problem} fields={['password']} />
      {props.failed && (
        <FailedNetworkBanner
          view={view}
          {...props.failed}
          action={startPath(props.failed.network.id)}
          hidden={{ continue: continueTo, purpose: 'step-up' }}
        />
      )}
      <p>{t(password || networks || mail || linked ? 'step-up.words' : 'step-up.none')}</p>
      {password && (
        <Form view={view} action={view.path} hidden={{ continue: continueTo }}>
          <input class="vh" autocomplete="username" value={props.identifier} readOnly tabIndex={-1} aria-hidden />
          <PasswordField
            view={view}
            name="password"
            label={t('step-up.password')}
            autocomplete="current-password"
            error={fieldError(stepUpMessages, view.locale, problem, 'password')}
          />
          <Button>{t('step-up.submit')}</Button>
        </Form>
      )}
      {networks && (
        <>
          {password && <h2 class="rule">{t('step-up.networks')}</h2>}
          <NetworkList view={view} offers={others} continueTo={continueTo} purpose="step-up" />
        </>
      )}
      <OtherWays view={view} ways={ways} continueTo={continueTo} without={['mailed-link']} />
      {mail && (
        <>
          <p>{t('step-up.mail-words')}</p>
          <ButtonLink href={linkTo(paths.recover, { continue: continueTo, identifier: props.identifier })}>
            {t('step-up.mail')}
          </ButtonLink>
        </>
      )}
      <p class="calls">
        <a href={paths.profile}>{t('step-up.cancel')}</a>
      </p>
    </Layout>
  )
}
