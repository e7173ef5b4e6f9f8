import type { ComponentChildren } from 'preact'
import { translator } from '#i18n/translator.ts'
import { locales } from '#kernel/locale.ts'
import { Form } from './form.tsx'
import { linkTo } from './link.ts'
import { iconUrl, Mark } from './mark.tsx'
import { uiMessages } from './messages.ts'
import { paths } from './paths.ts'
import { styles } from './styles.ts'
import { Tile } from './tile.tsx'
import type { View } from './view.ts'

// Each language is listed under its own name.
const languageNames = { de: 'Deutsch', en: 'English' } as const

/** The layout of every page: one heading, one column, the language chooser in the footer. */
export function Layout(props: {
  view: View
  title: string
  /** A form on the page was refused. The title says so first, for screen readers. */
  refused?: boolean | undefined
  /** Code of the problem that the page is about. */
  problem?: string
  wide?: boolean
  /** The page has its own link to the help page. */
  ownHelp?: boolean
  aside?: ComponentChildren
  children: ComponentChildren
}) {
  const { view, title } = props
  const t = translator(uiMessages, view.locale)
  const kind = props.wide ? 'wide' : props.aside ? 'two' : undefined
  return (
    <html lang={view.locale}>
      <head>
        <meta charset="utf-8" />
        <title>{`${props.refused ? `${t('layout.refused')}: ` : ''}${title} · Einlass`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#FAF9F6" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#14181A" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href={iconUrl} />
        <style dangerouslySetInnerHTML={{ __html: styles }} />
        {view.scriptUrl && <script type="module" src={view.scriptUrl} defer />}
      </head>
      <body class={kind} data-address={view.path === paths.home ? undefined : view.path}>
        <a class="vh skip" href="#content">
          {t('layout.skip')}
        </a>
        <Header view={view} />
        <div class="room">
          <main id="content" class="sheet" data-problem={props.problem}>
            <h1>{title}</h1>
            {props.children}
          </main>
          {props.aside && <aside class="sheet">{props.aside}</aside>}
        </div>
        <Footer view={view} help={!props.ownHelp} />
      </body>
    </html>
  )
}

function Header({ view }: { view: View }) {
  const t = translator(uiMessages, view.locale)
  return (
    <header class={view.portal || view.signedInAs !== undefined ? 'top full-top' : 'top'}>
      <a class="brand" href={paths.home}>
        <Mark />
        <span>Einlass</span>
      </a>
      {view.portal && (
        <span class="toward">
          <Tile name={view.portal.name} colour={view.portal.colour} logoUrl={view.portal.logoUrl} size={28} />
          {t('layout.toward', { portal: view.portal.name })}
        </span>
      )}
      {view.signedInAs !== undefined && (
        <nav class="nav" aria-label={view.signedInAs || t('layout.profile')}>
          <a href={paths.portals}>{t('layout.portals')}</a>
          <a href={paths.profile}>{t('layout.profile')}</a>
          <a href={paths.signOut}>{t('layout.sign-out')}</a>
        </nav>
      )}
    </header>
  )
}

function Footer({ view, help }: { view: View; help: boolean }) {
  const t = translator(uiMessages, view.locale)
  return (
    <footer class="foot">
      {help && <a href={linkTo(paths.helpSignIn, { continue: view.continueTo })}>{t('layout.help')}</a>}
      {view.development && <a href={paths.home}>{t('layout.development')}</a>}
      <div class="push">
        <Form view={view} action={paths.language} hidden={{ path: view.path }} class="">
          {locales.map((locale) =>
            locale === view.locale ? (
              <span key={locale} aria-current="true">
                {languageNames[locale]}
              </span>
            ) : (
              <button key={locale} type="submit" name="locale" value={locale} lang={locale}>
                {languageNames[locale]}
              </button>
            ),
          )}
        </Form>
      </div>
    </footer>
  )
}
