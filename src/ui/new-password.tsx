import { translator } from '#i18n/translator.ts'
import { PasswordField } from './form.tsx'
import { uiMessages } from './messages.ts'
import type { ProblemWords } from './problem.ts'
import type { View } from './view.ts'

/** A field for a new password, with the required length and a suggested passphrase. */
export function NewPasswordField(props: {
  view: View
  minimumLength: number
  /** A passphrase generated for this page only. */
  suggestion: string
  error: ProblemWords | undefined
}) {
  const { view } = props
  const t = translator(uiMessages, view.locale)
  return (
    <>
      <PasswordField
        view={view}
        name="new_password"
        label={t('new-password.label')}
        autocomplete="new-password"
        passwordrules={`minlength: ${props.minimumLength};`}
        hint={t('new-password.hint', { minimum: props.minimumLength })}
        error={props.error}
      />
      <div class="field">
        <span class="hint" id="suggestion">
          {t('new-password.suggestion')}
        </span>
        <output class="code" aria-labelledby="suggestion" translate={false}>
          {props.suggestion}
        </output>
      </div>
    </>
  )
}
