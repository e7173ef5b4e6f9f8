import type { ShownFailure } from '#features/federation/index.ts'
import { FailedNetworkBanner } from '#features/federation/index.ts'
import type { Way } from '#features/sign-in/index.ts'
import { translator } from '#i18n/translator.ts'
import { Banner, ProblemBanner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/form.tsx'
import { Icon } from '#ui/icon.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkNetworkPath } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { ShownProblem } from '#ui/problem.ts'
import type { View } from '#ui/view.ts'
import { profileMessages } from './messages.ts'
import { type Networks, NetworksCard } from './networks-card.tsx'
import { SessionsCard, type ShownSession } from './sessions-card.tsx'
import { WaysCard } from './ways-card.tsx'

export type ShownIdentifier = { kind: 'email' | 'phone'; value: string; proved: boolean; primary: boolean }

export type ProfilePageProps = {
  view: View
  name: string
  ways: readonly Way[]
  independentWays: number
  identifiers: readonly ShownIdentifier[]
  networks: Networks
  hasPassword: boolean
  sessions: readonly ShownSession[]
  /** Path of the operators' console; only set for operators. */
  consolePath?: string | undefined
  /** The completed change: `network-linked`, `network-unlinked`, `session-ended` or `password-set`. */
  notice?: string | undefined
  problem?: ShownProblem | undefined
  /** A failed attempt to link a network. */
  failed?: ShownFailure | undefined
}

/** `/profile`: cards, the most important first. */
export function ProfilePage(props: ProfilePageProps) {
  const { view } = props
  const t = translator(profileMessages, view.locale)
  const mailIsLeft = props.identifiers.some(({ kind, proved }) => kind === 'email' && proved)
  const notice = `notice.${props.notice}`
  return (
    <Layout view={view} title={props.name || t('title')} wide>
      <ProblemBanner view={view} messages={profileMessages} problem={props.problem} />
      {props.failed && (
        <FailedNetworkBanner
          view={view}
          {...props.failed}
          action={linkNetworkPath(props.failed.network.id)}
          hidden={{}}
        />
      )}
      {isWords(notice) && (
        <Banner view={view} tone="success">
          {t(notice)}
        </Banner>
      )}
      <WaysCard view={view} ways={props.ways} independentWays={props.independentWays} />
      <IdentifiersCard view={view} identifiers={props.identifiers} />
      <PasswordCard view={view} hasPassword={props.hasPassword} />
      <NetworksCard view={view} networks={props.networks} mailIsLeft={mailIsLeft} />
      <SessionsCard view={view} sessions={props.sessions} />
      <section class="card">
        <h2>{t('portals.title')}</h2>
        <p>{t('portals.words')}</p>
        <ButtonLink href={paths.portals}>{t('portals.open')}</ButtonLink>
      </section>
      {props.consolePath && (
        <p>
          <a href={props.consolePath}>{t('console.open')}</a>
        </p>
      )}
    </Layout>
  )
}

function isWords(key: string): key is keyof typeof profileMessages.de {
  return Object.hasOwn(profileMessages.de, key)
}

function IdentifiersCard({ view, identifiers }: { view: View; identifiers: readonly ShownIdentifier[] }) {
  const t = translator(profileMessages, view.locale)
  return (
    <section class="card">
      <h2>{t('identifiers.title')}</h2>
      {identifiers.length === 0 && <p>{t('identifiers.none')}</p>}
      <ul class="plain">
        {identifiers.map(({ kind, value, proved, primary }) => (
          <li key={value} class="row">
            <span class="grow">
              {value}
              <span class="hint note">{t(`identifiers.${kind}`)}</span>
            </span>
            {primary && <span class="mark">{t('identifiers.primary')}</span>}
            <span class={`state small ${proved ? '' : 'troubled-word'}`}>
              <Icon tone={proved ? 'success' : 'troubled'} size={16} />
              <span>{t(proved ? 'identifiers.proved' : 'identifiers.unproved')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function PasswordCard({ view, hasPassword }: { view: View; hasPassword: boolean }) {
  const t = translator(profileMessages, view.locale)
  return (
    <section class="card">
      <h2>{t('password.title')}</h2>
      <p>{t(hasPassword ? 'password.set' : 'password.unset')}</p>
      <ButtonLink href={paths.recover} kind={hasPassword ? 'quiet' : 'main'}>
        {t(hasPassword ? 'password.change' : 'password.establish')}
      </ButtonLink>
    </section>
  )
}
