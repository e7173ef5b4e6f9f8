import { translator } from '#i18n/translator.ts'
import { Button, ButtonLink, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { signUpMessages } from './messages.ts'

/** Explains why a link does not work and offers a new one. */
export function SignUpLinkProblemPage(props: {
  view: View
  why: 'used' | 'expired' | 'superseded' | 'unknown'
  identifier?: string | undefined
}) {
  const { view, why, identifier } = props
  const t = translator(signUpMessages, view.locale)
  return (
    <Layout view={view} title={t(`link-problem.${why}.title`)}>
      <p>{t(`link-problem.${why}.words`)}</p>
      <div class="stack">
        {why === 'used' ? (
          <>
            <ButtonLink href={paths.signIn} kind="main">
              {t('link-problem.sign-in')}
            </ButtonLink>
            <ButtonLink href={paths.recover}>{t('link-problem.recover')}</ButtonLink>
          </>
        ) : identifier ? (
          <Form view={view} action={paths.signUp} hidden={{ identifier }}>
            <Button>{t('link-problem.new')}</Button>
          </Form>
        ) : (
          <ButtonLink href={paths.signUp} kind="main">
            {t('link-problem.new')}
          </ButtonLink>
        )}
      </div>
    </Layout>
  )
}
