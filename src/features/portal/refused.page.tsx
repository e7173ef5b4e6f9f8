import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { portalMessages } from './messages.ts'

/** Shown to a signed-in person who may not open this portal. */
export function PortalRefusedPage({ view, portalName }: { view: View; portalName: string }) {
  const t = translator(portalMessages, view.locale)
  return (
    <Layout view={view} title={t('refused.title', { portal: portalName })}>
      <p>{t('refused.words', { portal: portalName })}</p>
      <p class="soft">{t('refused.other')}</p>
      <div class="stack">
        <ButtonLink href={paths.portals} kind="main">
          {t('refused.portals')}
        </ButtonLink>
        <ButtonLink href={paths.signOut}>{t('refused.sign-out')}</ButtonLink>
      </div>
    </Layout>
  )
}
