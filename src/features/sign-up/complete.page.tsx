import { translator } from '#i18n/translator.ts'
import { ProblemBanner } from '#ui/banner.tsx'
import { Button, Field, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { NewPasswordField } from '#ui/new-password.tsx'
import { fieldError, type ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { signUpMessages } from './messages.ts'

/** Where the mailed link leads. Opening it changes nothing; submitting the form creates the profile. */
export function SignUpCompletePage(props: {
  view: View
  token: string
  identifier: string
  suggestion: string
  minimumLength: number
  problem?: ShownProblem | undefined
  continueTo: string
  /** Keeps the typed text in the form. */
  name?: string | undefined
}) {
  const { view, problem } = props
  const t = translator(signUpMessages, view.locale)
  const error = (field: string) => fieldError(signUpMessages, view.locale, problem, field)
  return (
    <Layout view={view} title={t('complete.title')} refused={Boolean(problem)}>
      <ProblemBanner view={view} messages={signUpMessages} problem={problem} fields={['name', 'new_password']} />
      <p>{t('complete.words', { identifier: props.identifier })}</p>
      <Form view={view} action={view.path} hidden={{ token: props.token, continue: props.continueTo }}>
        <input
          class="vh"
          type="text"
          autocomplete="username"
          value={props.identifier}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        <Field
          name="name"
          label={t('complete.name')}
          hint={t('complete.name-hint')}
          autocomplete="name"
          value={props.name}
          error={error('name')}
        />
        <NewPasswordField
          view={view}
          minimumLength={props.minimumLength}
          suggestion={props.suggestion}
          error={error('new_password')}
        />
        <Button>{t('complete.submit')}</Button>
      </Form>
    </Layout>
  )
}
