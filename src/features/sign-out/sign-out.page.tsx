import { translator } from '#i18n/translator.ts'
import { Button, ButtonLink, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { signOutMessages } from './messages.ts'

/** `/sign-out`: asks before it ends the session, and lists what ends with it. */
export function SignOutPage(props: {
  view: View
  portalNames: readonly string[]
  /** Target of the form if a portal requested the sign-out. */
  action?: string
  hidden?: Readonly<Record<string, string>>
}) {
  const { view, portalNames } = props
  const t = translator(signOutMessages, view.locale)
  return (
    <Layout view={view} title={t('sign-out.title')}>
      <p>{t('sign-out.words')}</p>
      {portalNames.length > 0 && (
        <div class="body">
          <p>{t('sign-out.portals')}</p>
          <ul>
            {portalNames.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="stack">
        <Form view={view} action={props.action ?? paths.signOut} hidden={props.hidden ?? {}}>
          <Button>{t('sign-out.submit')}</Button>
        </Form>
        <ButtonLink href={paths.portals}>{t('sign-out.stay')}</ButtonLink>
      </div>
    </Layout>
  )
}
