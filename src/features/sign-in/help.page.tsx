import { translator } from '../../i18n/translator.ts'
import { ButtonLink } from '../../ui/form.tsx'
import { Layout } from '../../ui/layout.tsx'
import { choosable, NetworkList } from '../../ui/network-list.tsx'
import type { View } from '../../ui/view.ts'
import { signInMessages } from './messages.ts'
import { OtherWays } from './other-ways.tsx'
import type { Way } from './way.ts'

/** `/help/sign-in`: the ways round a social network that does not work, step by step. Fit to be printed. */
export function HelpPage({ view, ways }: { view: View; ways: readonly Way[] }) {
  const t = translator(signInMessages, view.locale)
  const networks = choosable(ways)
  const others = ways.filter((way) => way.means !== 'mailed-link')
  const continueTo = '/portals'
  return (
    <Layout view={view} title={t('help.title')} ownHelp>
      <p>{t('help.intro')}</p>
      <section class="stack">
        <h2>{t('help.password.title')}</h2>
        <p>{t('help.password.words')}</p>
        <ButtonLink href="/sign-in" kind="main">
          {t('help.password.button')}
        </ButtonLink>
      </section>
      <section class="stack">
        <h2>{t('help.mail.title')}</h2>
        <ol class="body">
          <li>{t('help.mail.step-1')}</li>
          <li>{t('help.mail.step-2')}</li>
          <li>{t('help.mail.step-3')}</li>
          <li>{t('help.mail.step-4')}</li>
        </ol>
        <ButtonLink href="/recover">{t('help.mail.button')}</ButtonLink>
      </section>
      <section class="stack">
        <h2>{t('help.network.title')}</h2>
        <p>{t(networks.length > 0 ? 'help.network.words' : 'help.network.none')}</p>
        <NetworkList view={view} offers={ways} continueTo={continueTo} />
      </section>
      {others.some((way) => way.means !== 'password' && way.means !== 'network' && way.state === 'works') && (
        <section class="stack">
          <h2>{t('help.other.title')}</h2>
          <OtherWays view={view} ways={others} continueTo={continueTo} />
        </section>
      )}
      <section class="stack">
        <h2>{t('help.prepare.title')}</h2>
        <p>{t('help.prepare.words')}</p>
        <a href="/profile">{t('help.prepare.button')}</a>
      </section>
    </Layout>
  )
}
