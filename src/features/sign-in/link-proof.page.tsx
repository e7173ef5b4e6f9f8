import { choosable, NetworkList } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Banner, ProblemBanner } from '#ui/banner.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { signInMessages } from './messages.ts'
import { PasswordForm } from './password-form.tsx'
import { OtherWays } from './ways/other-ways.tsx'
import type { Way } from './ways/way.ts'

/** The network's address already belongs to a profile. The network is linked only after signing in to that profile. */
export function LinkProofPage(props: {
  view: View
  network: { id: string; name: string; logo: string }
  ways: readonly Way[]
  continueTo: string
  identifier: string
  problem?: ShownProblem | undefined
}) {
  const { view, network, problem, continueTo } = props
  const t = translator(signInMessages, view.locale)
  const others = props.ways.filter((way) => way.network?.id !== network.id)
  const hasPassword = props.ways.some((way) => way.kind === 'password' && way.state === 'works')
  return (
    <Layout view={view} title={t('link-proof.title')} refused={Boolean(problem)}>
      <ProblemBanner view={view} messages={signInMessages} problem={problem} fields={['identifier', 'password']} />
      <Banner view={view} tone="info">
        {t('link-proof.words', { network: network.name })}
      </Banner>
      {hasPassword && (
        <PasswordForm view={view} identifier={props.identifier} problem={problem} continueTo={continueTo} />
      )}
      <OtherWays
        view={view}
        ways={props.ways}
        continueTo={continueTo}
        identifier={props.identifier}
        without={hasPassword ? ['mailed-link'] : []}
      />
      {choosable(others).length > 0 && (
        <>
          <h2 class="rule">{t('sign-in.networks')}</h2>
          <NetworkList view={view} offers={others} continueTo={continueTo} />
        </>
      )}
      <p class="calls">
        <a href={paths.signIn}>{t('link-proof.not-mine')}</a>
      </p>
    </Layout>
  )
}
