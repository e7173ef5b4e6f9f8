import { translator } from '#i18n/translator.ts'
import { Button, Field, Form, PasswordField } from '#ui/form.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { fieldError, type ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { signInMessages } from './messages.ts'

/** Identifier and password in one form, so that password managers understand it. Posts to `/sign-in`. */
export function PasswordForm(props: {
  view: View
  identifier: string
  problem?: ShownProblem | undefined
  continueTo: string
  /** The page has another main action. */
  quiet?: boolean
  /** The page already offers the mailed link. */
  withoutForgot?: boolean
}) {
  const { view, problem, continueTo } = props
  const t = translator(signInMessages, view.locale)
  const error = (field: string) => fieldError(signInMessages, view.locale, problem, field)
  return (
    <Form view={view} action={paths.signIn} hidden={{ continue: continueTo }}>
      <Field
        name="identifier"
        label={t('sign-in.identifier')}
        autocomplete="username"
        inputmode="email"
        value={props.identifier}
        error={error('identifier')}
      />
      <PasswordField
        view={view}
        name="password"
        label={t('sign-in.password')}
        autocomplete="current-password"
        error={error('password')}
      />
      <Button kind={props.quiet ? 'quiet' : 'main'}>{t('sign-in.submit')}</Button>
      {!props.withoutForgot && (
        <a class="after" href={linkTo(paths.recover, { continue: continueTo })}>
          {t('sign-in.forgot')}
        </a>
      )}
    </Form>
  )
}
