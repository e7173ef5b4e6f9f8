import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { developmentMessages } from './messages.ts'

type Place = { name: string; url: string }

/** `/` in development: the URLs of everything, and what to try first. */
export function DevelopmentStartPage(props: {
  view: View
  /** Our public URL, without a trailing slash. */
  url: string
  portals: readonly Place[]
  networks: readonly (Place & { id: string })[]
}) {
  const { view, url } = props
  const t = translator(developmentMessages, view.locale)
  const places = [
    { name: t('start.sign-in'), url: url + paths.signIn },
    { name: t('start.sign-up'), url: url + paths.signUp },
    { name: t('start.profile'), url: url + paths.profile },
    { name: t('start.mailbox'), url: url + paths.devMailbox },
    { name: t('start.networks'), url: url + paths.devNetworks },
    ...props.networks.map(({ name, url }) => ({ name: t('start.network', { name }), url })),
    { name: t('start.discovery'), url: url + paths.discovery },
  ]
  const first = props.networks[0]?.id ?? 'sim-google'
  return (
    <Layout view={view} title={t('start.title')} wide>
      <p>{t('start.words')}</p>
      <section class="card">
        <h2>{t('start.portals')}</h2>
        <p>{t('start.portals-words')}</p>
        {props.portals.map((portal) => (
          <ButtonLink key={portal.url} href={portal.url}>
            {portal.name}
          </ButtonLink>
        ))}
      </section>
      <section class="card">
        <h2>{t('start.places')}</h2>
        <ul class="plain">
          {places.map((place) => (
            <li key={place.url} class="row">
              <span class="grow">{place.name}</span>
              <a href={place.url}>{place.url}</a>
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{t('start.journeys')}</h2>
        <ol class="body">
          <li>{t('journey.portal')}</li>
          <li>{t('journey.network')}</li>
          <li>{t('journey.rescue')}</li>
          <li>
            {t('journey.down')} {t('journey.down-how')}
            <pre class="code">{downCommand(url, first)}</pre>
          </li>
          <li>{t('journey.no-script')}</li>
        </ol>
      </section>
    </Layout>
  )
}

function downCommand(url: string, network: string): string {
  return `curl ${url}${paths.devNetworks}/${network} -H 'content-type: application/json' -d '{"behaviour":"down"}'`
}
