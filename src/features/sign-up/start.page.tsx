import { choosable, NetworkList, type NetworkOffer } from '#features/federation/index.ts'
import { translator } from '#i18n/translator.ts'
import { ProblemBanner } from '#ui/banner.tsx'
import { Button, Field, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { fieldError, type ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { signUpMessages } from './messages.ts'

/** `/sign-up`: asks for the address first. Nothing is created before it is proved. */
export function SignUpStartPage(props: {
  view: View
  identifier: string
  problem?: ShownProblem | undefined
  /** Only the networks among them are shown. */
  ways: readonly NetworkOffer[]
  continueTo: string
}) {
  const { view, problem, continueTo } = props
  const t = translator(signUpMessages, view.locale)
  return (
    <Layout view={view} title={t('start.title')} refused={Boolean(problem)}>
      <ProblemBanner view={view} messages={signUpMessages} problem={problem} fields={['identifier']} />
      <p>{t('start.intro')}</p>
      <Form view={view} action={paths.signUp} hidden={{ continue: continueTo }}>
        <Field
          name="identifier"
          label={t('start.identifier')}
          autocomplete="username"
          inputmode="email"
          value={props.identifier}
          error={fieldError(signUpMessages, view.locale, problem, 'identifier')}
        />
        <Button>{t('start.submit')}</Button>
      </Form>
      {choosable(props.ways).length > 0 && (
        <>
          <h2 class="rule">{t('start.networks')}</h2>
          <NetworkList view={view} offers={props.ways} continueTo={continueTo} />
        </>
      )}
      <p class="calls">
        <a href={linkTo(paths.signIn, { continue: continueTo })}>{t('start.sign-in')}</a>
      </p>
    </Layout>
  )
}
