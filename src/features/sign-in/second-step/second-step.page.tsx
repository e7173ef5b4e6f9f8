import { choosable, NetworkList } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { signInMessages } from '../messages.ts'
import { PasswordForm } from '../password-form.tsx'
import { OtherWays } from '../ways/other-ways.tsx'
import type { Way } from '../ways/way.ts'

/** `/sign-in/second-step`: the proof given is not enough. Offers the ways that would complete the sign-in. */
export function SecondStepPage(props: {
  view: View
  /** The account's ways, without the kinds already used. */
  ways: readonly Way[]
  /** The account's primary identifier, for password managers. */
  identifier: string
  continueTo: string
}) {
  const { view, ways, identifier, continueTo } = props
  const t = translator(signInMessages, view.locale)
  const hasPassword = ways.some((way) => way.kind === 'password' && way.state === 'works')
  return (
    <Layout view={view} title={t('second-step.title')} ownHelp>
      <p>{t('second-step.words')}</p>
      {hasPassword && <PasswordForm view={view} identifier={identifier} continueTo={continueTo} />}
      <OtherWays
        view={view}
        ways={ways}
        continueTo={continueTo}
        identifier={identifier}
        without={hasPassword ? ['mailed-link'] : []}
      />
      {choosable(ways).length > 0 && (
        <>
          <h2 class="rule">{t('sign-in.networks')}</h2>
          <NetworkList view={view} offers={ways} continueTo={continueTo} />
        </>
      )}
      <p class="calls">
        <a href={linkTo(paths.helpSignIn, { continue: continueTo })}>{t('sign-in.trouble')}</a>
      </p>
    </Layout>
  )
}
