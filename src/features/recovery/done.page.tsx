import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { recoveryMessages } from './messages.ts'

/** The password is set. The person still has to sign in, with a second factor if there is one. */
export function RecoveryDonePage({ view, continueTo }: { view: View; continueTo?: string | undefined }) {
  const t = translator(recoveryMessages, view.locale)
  return (
    <Layout view={view} title={t('done.title')}>
      <p>{t('done.words')}</p>
      <ButtonLink href={linkTo(paths.signIn, { continue: continueTo })} kind="main">
        {t('done.submit')}
      </ButtonLink>
    </Layout>
  )
}
