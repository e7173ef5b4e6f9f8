import { choosable, NetworkList } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Banner, ProblemBanner } from '#ui/banner.tsx'
import { Button, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { signInMessages } from './messages.ts'
import { PasswordForm } from './password-form.tsx'
import { OtherWays } from './ways/other-ways.tsx'
import type { Way } from './ways/way.ts'

export type SignInPageProps = {
  view: View
  /** Keeps the typed text in the form. */
  identifier: string
  problem?: ShownProblem | undefined
  ways: readonly Way[]
  continueTo: string
  /** `social-only`: tells the visitor that this address belongs to a profile without a password. */
  rescue?: 'social-only' | undefined
  /** Name of the network that this browser did not come back from. */
  abandonedNetwork?: string | undefined
}

/** `/sign-in` */
export function SignInPage(props: SignInPageProps) {
  const { view, problem, continueTo } = props
  const t = translator(signInMessages, view.locale)
  return (
    <Layout view={view} title={t('sign-in.title')} refused={Boolean(problem)} ownHelp>
      <ProblemBanner view={view} messages={signInMessages} problem={problem} fields={['identifier', 'password']} />
      {props.abandonedNetwork && (
        <Banner view={view} tone="info">
          {t('sign-in.way-back', { network: props.abandonedNetwork })}
        </Banner>
      )}
      {props.rescue ? <Rescue {...props} /> : <Usual {...props} />}
      <p class="calls">
        <a href={linkTo(paths.signUp, { continue: continueTo })}>{t('sign-in.no-profile')}</a>
        <a href={linkTo(paths.helpSignIn, { continue: continueTo })}>{t('sign-in.trouble')}</a>
      </p>
    </Layout>
  )
}

function Usual({ view, identifier, ways, problem, continueTo }: SignInPageProps) {
  const t = translator(signInMessages, view.locale)
  return (
    <>
      <PasswordForm view={view} identifier={identifier} problem={problem} continueTo={continueTo} />
      <OtherWays view={view} ways={ways} continueTo={continueTo} without={['mailed-link']} />
      {choosable(ways).length > 0 && (
        <>
          <h2 class="rule">{t('sign-in.networks')}</h2>
          <NetworkList view={view} offers={ways} continueTo={continueTo} />
        </>
      )}
    </>
  )
}

function Rescue({ view, identifier, ways, problem, continueTo }: SignInPageProps) {
  const t = translator(signInMessages, view.locale)
  return (
    <>
      <Banner view={view} tone="info" title={t('rescue.title')}>
        {t('rescue.words')}
      </Banner>
      <Form view={view} action={paths.recover} hidden={{ identifier, continue: continueTo }} class="stack">
        <Button>{t('rescue.password')}</Button>
        <span class="hint">{t('rescue.password-hint', { identifier })}</span>
      </Form>
      <OtherWays view={view} ways={ways} continueTo={continueTo} without={['mailed-link']} />
      {choosable(ways).length > 0 && (
        <>
          <h2>{t('rescue.network')}</h2>
          <NetworkList view={view} offers={ways} continueTo={continueTo} />
        </>
      )}
      <details>
        <summary>{t('rescue.other-address')}</summary>
        <PasswordForm view={view} identifier={identifier} problem={problem} continueTo={continueTo} />
      </details>
    </>
  )
}
