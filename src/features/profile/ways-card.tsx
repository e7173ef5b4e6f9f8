import { StateWords } from '#features/federation/index.ts'
import type { Way } from '#features/sign-in/index.ts'
import { translator } from '#i18n/translator.ts'
import { Banner } from '#ui/banner.tsx'
import { Icon } from '#ui/icon.tsx'
import { Doors } from '#ui/mark.tsx'
import type { View } from '#ui/view.ts'
import { profileMessages } from './messages.ts'

const tones = {
  works: 'success',
  troubled: 'troubled',
  down: 'error',
  off: 'troubled',
  'not-set-up': 'info',
  locked: 'error',
} as const

/** The number of independent ways in, as doors and in words, and the state of each way. */
export function WaysCard({
  view,
  ways,
  independentWays,
}: {
  view: View
  ways: readonly Way[]
  independentWays: number
}) {
  const t = translator(profileMessages, view.locale)
  const count = t('ways.count', { count: independentWays })
  return (
    <section class="card">
      <h2>{t('ways.title')}</h2>
      <Doors open={independentWays} />
      {independentWays < 2 ? (
        <Banner view={view} tone="troubled" title={count}>
          {t('ways.advice-one')}
        </Banner>
      ) : (
        <p>
          {count} <span class="soft">{t('ways.advice-enough')}</span>
        </p>
      )}
      <ul class="plain">
        {ways.map((way) => (
          <WayRow key={way.network?.id ?? way.kind} view={view} way={way} />
        ))}
      </ul>
    </section>
  )
}

function WayRow({ view, way }: { view: View; way: Way }) {
  const t = translator(profileMessages, view.locale)
  const inTrouble = ['troubled', 'down', 'off'].includes(way.state)
  return (
    <li class="row">
      <span class="grow short">{way.network?.name ?? translator(way.words, view.locale)('name')}</span>
      <span class={`state small ${way.state}-word`}>
        <Icon tone={tones[way.state]} size={16} />
        <span>{inTrouble ? <StateWords view={view} offer={way} /> : t(`ways.${settledWords(way)}`)}</span>
      </span>
    </li>
  )
}

function settledWords(way: Way) {
  if (way.reason === 'no-password-set' || way.reason === 'password-disabled') return way.reason
  return way.state === 'works' || way.state === 'locked' ? way.state : 'not-set-up'
}
