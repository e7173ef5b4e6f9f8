import type { ComponentChildren } from 'preact'
import { translator } from '#i18n/translator.ts'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { consoleMessages } from './messages.ts'

/** The layout of every console page: wider than other pages, with its own navigation. */
export function ConsoleLayout(props: { view: View; title: string; refused?: boolean; children: ComponentChildren }) {
  const { view } = props
  const t = translator(consoleMessages, view.locale)
  return (
    <Layout view={view} title={props.title} refused={props.refused} wide>
      <nav class="nav console" aria-label={t('nav.label')}>
        <a href={paths.consoleNetworks}>{t('nav.networks')}</a>
        <a href={paths.consoleAttempts}>{t('nav.attempts')}</a>
      </nav>
      {props.children}
    </Layout>
  )
}
