import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { signOutMessages } from './messages.ts'

/** Shown after the session has ended. */
export function SignedOutPage({ view }: { view: View }) {
  const t = translator(signOutMessages, view.locale)
  return (
    <Layout view={view} title={t('signed-out.title')}>
      <p>{t('signed-out.words')}</p>
      <ButtonLink href={paths.signIn} kind="main">
        {t('signed-out.again')}
      </ButtonLink>
    </Layout>
  )
}
