import { translator } from '#i18n/translator.ts'
import { ProblemBanner } from '#ui/banner.tsx'
import { Button, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { NewPasswordField } from '#ui/new-password.tsx'
import { fieldError, type ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { recoveryMessages } from './messages.ts'

/** Where the mailed link leads. Opening it changes nothing; submitting the form sets the password. */
export function ResetPage(props: {
  view: View
  token: string
  identifier: string
  purpose: 'reset' | 'first-password'
  suggestion: string
  minimumLength: number
  problem?: ShownProblem | undefined
}) {
  const { view, problem, purpose, identifier } = props
  const t = translator(recoveryMessages, view.locale)
  return (
    <Layout view={view} title={t(`reset.title.${purpose}`)} refused={Boolean(problem)}>
      <ProblemBanner view={view} messages={recoveryMessages} problem={problem} fields={['new_password']} />
      <p>{t(`reset.words.${purpose}`, { identifier })}</p>
      <Form view={view} action={view.path} hidden={{ token: props.token }}>
        <input class="vh" type="text" autocomplete="username" value={identifier} readOnly tabIndex={-1} aria-hidden />
        <NewPasswordField
          view={view}
          minimumLength={props.minimumLength}
          suggestion={props.suggestion}
          error={fieldError(recoveryMessages, view.locale, problem, 'new_password')}
        />
        <Button>{t(`reset.submit.${purpose}`)}</Button>
      </Form>
    </Layout>
  )
}
