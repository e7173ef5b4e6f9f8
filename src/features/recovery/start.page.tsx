import { translator } from '#i18n/translator.ts'
import { ProblemBanner } from '#ui/banner.tsx'
import { Button, Field, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { fieldError, type ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { recoveryMessages } from './messages.ts'

/** `/recover` */
export function RecoveryStartPage(props: {
  view: View
  identifier: string
  problem?: ShownProblem | undefined
  continueTo: string
}) {
  const { view, problem, continueTo } = props
  const t = translator(recoveryMessages, view.locale)
  return (
    <Layout view={view} title={t('start.title')} refused={Boolean(problem)} ownHelp>
      <ProblemBanner view={view} messages={recoveryMessages} problem={problem} fields={['identifier']} />
      <p>{t('start.intro')}</p>
      <Form view={view} action={paths.recover} hidden={{ continue: continueTo }}>
        <Field
          name="identifier"
          label={t('start.identifier')}
          autocomplete="username"
          inputmode="email"
          value={props.identifier}
          error={fieldError(recoveryMessages, view.locale, problem, 'identifier')}
        />
        <Button>{t('start.submit')}</Button>
      </Form>
      <p class="calls">
        <a href={linkTo(paths.signIn, { continue: continueTo })}>{t('start.sign-in')}</a>
        <a href={paths.helpSignIn}>{t('start.help')}</a>
      </p>
    </Layout>
  )
}
