import type { ComponentChildren } from 'preact'
import { translator } from '#i18n/translator.ts'
import { Icon } from './icon.tsx'
import { uiMessages } from './messages.ts'
import type { ProblemWords } from './problem.ts'
import type { View } from './view.ts'

/** A POST form with its CSRF token. `hidden` fields without a value are omitted. */
export function Form(props: {
  view: View
  action: string
  hidden?: Readonly<Record<string, string | undefined>>
  class?: string
  children: ComponentChildren
}) {
  return (
    <form method="post" action={props.action} class={props.class ?? 'stack'}>
      <input type="hidden" name="csrf" value={props.view.csrfToken} />
      {Object.entries(props.hidden ?? {}).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} key={name} />,
      )}
      {props.children}
    </form>
  )
}

export type FieldProps = {
  name: string
  label: string
  type?: 'text' | 'email' | 'tel' | 'password'
  autocomplete: string
  value?: string | undefined
  /** The problem, shown at the field. The field is then focused. */
  error?: ProblemWords | undefined
  hint?: ComponentChildren
  inputmode?: 'text' | 'email' | 'tel' | 'numeric'
  required?: boolean
  /** For password managers that generate passwords. */
  passwordrules?: string
  /** Distinguishes fields of the same name on one page. */
  id?: string
}

/** A labelled field. */
export function Field(props: FieldProps) {
  const id = props.id ?? props.name
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ')
  const name = props.name
  const input = (
    <input
      id={id}
      name={name}
      type={(props.type ?? 'text') as 'text'}
      autocomplete={props.autocomplete as 'on'}
      value={props.type === 'password' ? undefined : props.value}
      inputmode={props.inputmode}
      required={props.required ?? true}
      autocapitalize={name === 'name' ? 'words' : 'none'}
      spellcheck={false}
      autofocus={Boolean(props.error)}
      aria-invalid={Boolean(props.error) || undefined}
      aria-describedby={described || undefined}
      {...(props.passwordrules ? { passwordrules: props.passwordrules } : undefined)}
    />
  )
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint && (
        <span class="hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
      {input}
      {props.error && <FieldError id={`${id}-error`} {...props.error} />}
    </div>
  )
}

function FieldError({ id, code, words }: ProblemWords & { id: string }) {
  return (
    <span class="fault" id={id} data-problem={code}>
      <Icon tone="error" size={18} />
      {words}
    </span>
  )
}

/** A password field. The button to show the password appears only if the browser script runs. */
export function PasswordField({ view, ...field }: Omit<FieldProps, 'type' | 'value'> & { view: View }) {
  const t = translator(uiMessages, view.locale)
  const id = field.id ?? field.name
  return (
    <div class="secret">
      <Field {...field} type="password" />
      <button
        type="button"
        class="show"
        hidden
        data-show-password={id}
        data-hide-label={t('password.hide')}
        aria-controls={id}
        aria-pressed="false"
      >
        {t('password.show')}
      </button>
    </div>
  )
}

/** `main` at most once on a page, otherwise `quiet`. */
export function Button(props: { kind?: 'main' | 'quiet' | 'harm'; children: ComponentChildren }) {
  const look = { main: 'main', quiet: 'quiet full', harm: 'quiet harm' }[props.kind ?? 'main']
  return (
    <button type="submit" class={`button ${look}`}>
      {props.children}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink(props: { href: string; kind?: 'main' | 'quiet'; children: ComponentChildren }) {
  return (
    <a class={`button ${props.kind === 'main' ? 'main' : 'quiet full'}`} href={props.href}>
      {props.children}
    </a>
  )
}
