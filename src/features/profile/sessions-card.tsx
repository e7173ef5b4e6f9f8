import { translator } from '#i18n/translator.ts'
import { Button, Form } from '#ui/form.tsx'
import { paths } from '#ui/paths.ts'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { profileMessages } from './messages.ts'
import { endSessionPath } from './profile-urls.ts'

/** A signed-in browser. `network` is the client network. */
export type ShownSession = {
  id: string
  device: string
  current: boolean
  createdAt: number
  lastSeenAt: number
  network: string | undefined
}

/** The person's sessions. Each can be ended, or all at once. */
export function SessionsCard({ view, sessions }: { view: View; sessions: readonly ShownSession[] }) {
  const t = translator(profileMessages, view.locale)
  return (
    <section class="card">
      <h2>{t('sessions.title')}</h2>
      <ul class="plain">
        {sessions.map((session) => (
          <SessionRow key={session.id} view={view} session={session} />
        ))}
      </ul>
      <details>
        <summary>{t('sessions.end-all')}</summary>
        <Form view={view} action={paths.profileSessionsEndAll}>
          <p>{t('sessions.end-all-words')}</p>
          <Button kind="harm">{t('sessions.end-all-submit')}</Button>
        </Form>
      </details>
    </section>
  )
}

function SessionRow({ view, session }: { view: View; session: ShownSession }) {
  const t = translator(profileMessages, view.locale)
  const device = session.device || t('sessions.unknown')
  return (
    <li class="row">
      <span class="grow">
        {device} {session.current && <span class="mark">{t('sessions.current')}</span>}
        <span class="hint note">
          {t('sessions.since')} <Time locale={view.locale} at={session.createdAt} />, {t('sessions.seen')}{' '}
          <Time locale={view.locale} at={session.lastSeenAt} />
          {session.network && `, ${t('sessions.network', { network: session.network })}`}
        </span>
      </span>
      {!session.current && (
        <Form view={view} action={endSessionPath(session.id)}>
          <button type="submit" class="button quiet" aria-label={t('sessions.end-label', { device })}>
            {t('sessions.end')}
          </button>
        </Form>
      )}
    </li>
  )
}
