import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { recoveryMessages } from './messages.ts'

/** Explains why a link does not work and offers a new one. */
export function RecoveryLinkProblemPage({
  view,
  why,
}: {
  view: View
  why: 'used' | 'expired' | 'superseded' | 'unknown'
}) {
  const t = translator(recoveryMessages, view.locale)
  return (
    <Layout view={view} title={t(`link-problem.${why}.title`)}>
      <p>{t(`link-problem.${why}.words`)}</p>
      <div class="stack">
        {why === 'used' ? (
          <>
            <ButtonLink href={paths.signIn} kind="main">
              {t('link-problem.used.sign-in')}
            </ButtonLink>
            <ButtonLink href={paths.recover}>{t('link-problem.used.secure')}</ButtonLink>
            <span class="hint">{t('link-problem.used.secure-hint')}</span>
          </>
        ) : (
          <>
            <ButtonLink href={paths.recover} kind="main">
              {t('link-problem.new')}
            </ButtonLink>
            <ButtonLink href={paths.signIn}>{t('link-problem.sign-in')}</ButtonLink>
          </>
        )}
      </div>
    </Layout>
  )
}
