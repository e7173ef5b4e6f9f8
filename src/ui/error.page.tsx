import { translator } from '#i18n/translator.ts'
import { ButtonLink } from './form.tsx'
import { Layout } from './layout.tsx'
import { linkTo } from './link.ts'
import { uiMessages } from './messages.ts'
import { paths } from './paths.ts'
import { waitInWords } from './problem.ts'
import type { View } from './view.ts'

type Kind =
  | 'invalid'
  | 'unauthenticated'
  | 'conflict'
  | 'forbidden'
  | 'not-found'
  | 'expired'
  | 'throttled'
  | 'unavailable'
  | 'fault'
  | 'stale'
  | 'cookies'

const kinds: Readonly<Record<number, Kind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  409: 'conflict',
  410: 'expired',
  429: 'throttled',
  503: 'unavailable',
}

const byCode: Readonly<Record<string, Kind>> = { 'http.form-foreign': 'stale', 'http.cookies-blocked': 'cookies' }

/** Kinds that need no help from support. */
const selfExplaining: readonly string[] = ['not-found', 'throttled'] satisfies Kind[]

function kindOf(status: number): Kind {
  return kinds[status] ?? (status < 500 ? 'invalid' : 'fault')
}

/** An error that no form can show: what happened, what to do, and the reference at the very end. */
export function ErrorPage(props: {
  view: View
  status: number
  code?: string | undefined
  reference: string
  /** Seconds until a retry makes sense. */
  retryAfter?: number | undefined
  /** Where the refused form would have continued. */
  continueTo?: string | undefined
}) {
  const { view } = props
  const t = translator(uiMessages, view.locale)
  const kind = byCode[props.code ?? ''] ?? kindOf(props.status)
  const signIn = linkTo(paths.signIn, { continue: props.continueTo })
  const canRetry = kind === 'throttled' || kind === 'unavailable' || kind === 'fault'
  return (
    <Layout view={view} title={t(`error.${kind}.title`)} problem={kind}>
      <p>{t(`error.${kind}.body`, { wait: waitInWords(view.locale, props.retryAfter ?? 60) })}</p>
      {kind === 'cookies' && <p>{t('error.cookies.private')}</p>}
      <div class="stack">
        {canRetry && (
          <ButtonLink href={props.continueTo ? signIn : view.path} kind="main">
            {t('error.again')}
          </ButtonLink>
        )}
        <ButtonLink href={view.signedInAs === undefined ? signIn : paths.portals} kind={canRetry ? 'quiet' : 'main'}>
          {t(view.signedInAs === undefined ? 'error.to-start' : 'error.to-portals')}
        </ButtonLink>
      </div>
      {!selfExplaining.includes(kind) && (
        <p class="reference">{t('error.reference', { reference: props.reference })}</p>
      )}
    </Layout>
  )
}
