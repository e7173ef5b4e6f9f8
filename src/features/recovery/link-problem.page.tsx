import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import type { View } from '#ui/view.ts'
import { recoveryMessages } from './messages.ts'

/** An old link explains itself and offers a new one. */
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
            <ButtonLink href="/sign-in" kind="main">
              {t('link-problem.used.sign-in')}
            </ButtonLink>
            <ButtonLink href="/recover">{t('link-problem.used.secure')}</ButtonLink>
            <span class="hint">{t('link-problem.used.secure-hint')}</span>
          </>
        ) : (
          <>
            <ButtonLink href="/recover" kind="main">
              {t('link-problem.new')}
            </ButtonLink>
            <ButtonLink href="/sign-in">{t('link-problem.sign-in')}</ButtonLink>
          </>
        )}
      </div>
    </Layout>
  )
}
