import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import { Tile } from '#ui/tile.tsx'
import type { View } from '#ui/view.ts'
import { portalMessages } from './messages.ts'

export type PortalTile = {
  id: string
  name: string
  logoUrl?: string | undefined
  /** `#rrggbb` */
  colour?: string | undefined
  url: string
}

/** `/portals`: the portals that this profile may open. */
export function PortalsPage({ view, name, portals }: { view: View; name: string; portals: readonly PortalTile[] }) {
  const t = translator(portalMessages, view.locale)
  if (portals.length === 0) {
    return (
      <Layout view={view} title={t('portals.empty.title')}>
        <p>{t('portals.empty.words')}</p>
        <ButtonLink href={paths.profile}>{t('portals.empty.profile')}</ButtonLink>
      </Layout>
    )
  }
  return (
    <Layout view={view} title={t('portals.title')} wide>
      <p>{t('portals.greeting', { name })}</p>
      <ul class="plain tiles">
        {portals.map((portal) => (
          <li key={portal.id}>
            <a class="button quiet tile" href={portal.url}>
              <Tile name={portal.name} colour={portal.colour} logoUrl={portal.logoUrl} size={44} />
              {portal.name}
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  )
}
