import { translator } from '#i18n/translator.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import type { Guide, Way } from '../ways/way.ts'
import { helpMessages } from './messages.ts'
import { NetworkStates } from './network-states.tsx'

export type HelpPageProps = {
  view: View
  /** For this visitor. */
  ways: readonly Way[]
  /** For everybody: without what is known about the visitor's client network. */
  waysOfEverybody: readonly Way[]
  /** Name of the network that this browser did not come back from. */
  abandonedNetwork?: string | undefined
  /** For ways that work without a network, in the order of the table of authenticators. */
  guides: readonly Guide[]
  continueTo: string
  /** Our own origin, written out for a printed page. */
  origin: string
  at: number
}

/** `/help/sign-in`: step-by-step ways to sign in when a network does not work. Printable. */
export function HelpPage(props: HelpPageProps) {
  const { view, origin } = props
  const t = translator(helpMessages, view.locale)
  const { guides } = props
  return (
    <Layout view={view} title={t('help.title')} ownHelp>
      {props.abandonedNetwork && (
        <Banner view={view} tone="info">
          {t('help.way-back', { network: props.abandonedNetwork })}
        </Banner>
      )}
      <div class="body">
        <p>{t('help.intro')}</p>
        <p>{t('help.ways', { count: guides.length })}</p>
        <p>
          <a href="#networks">{t('help.see-networks')}</a>
        </p>
      </div>
      {guides.map((guide, index) => (
        <GuideCard key={guide.path} {...props} guide={guide} number={index + 1} />
      ))}
      <Networks {...props} />
      <section class="card guide">
        <h2>{t('help.prepare.title')}</h2>
        <p>{t('help.prepare.words')}</p>
        <a href={paths.profile}>{t('help.prepare.button')}</a>
        <p class="paper">{origin + paths.profile}</p>
      </section>
    </Layout>
  )
}

function GuideCard({ view, guide, number, continueTo, origin }: HelpPageProps & { guide: Guide; number: number }) {
  const t = translator(guide.words, view.locale)
  return (
    <section class="card guide">
      <h2>
        {number}. {t('title')}
      </h2>
      <ol class="body">
        {guide.steps.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      <ButtonLink href={linkTo(guide.path, { continue: continueTo })} kind={number === 1 ? 'main' : 'quiet'}>
        {t('button')}
      </ButtonLink>
      <p class="paper">{origin + guide.path}</p>
    </section>
  )
}

function Networks({ view, ways, waysOfEverybody, continueTo, at }: HelpPageProps) {
  const t = translator(helpMessages, view.locale)
  const networks = ways.filter((way) => way.network)
  return (
    <section class="card guide" id="networks">
      <h2>{t('help.networks.title')}</h2>
      {networks.length === 0 ? (
        <p>{t('help.networks.none')}</p>
      ) : (
        <>
          <p>{t('help.networks.words')}</p>
          <NetworkStates view={view} ways={networks} waysOfEverybody={waysOfEverybody} continueTo={continueTo} />
          <p class="reference">
            {t('help.networks.as-of')} <Time locale={view.locale} at={at} />
          </p>
        </>
      )}
    </section>
  )
}
