import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { Button, Field } from '#ui/form.tsx'
import { paths } from '#ui/paths.ts'
import { Table } from '#ui/table.tsx'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { ConsoleLayout } from '../console/console-layout.tsx'
import { networkPath } from '../console/console-urls.ts'
import type { FoundAttempt } from './find-attempt.ts'
import { networksMessages, wordsFor } from './messages.ts'
import type { SeenStep } from './network-report.ts'

/** Searches for the reference that a person reads out. A GET form, so the result has a URL of its own. */
export function AttemptSearch(props: { view: View; typed?: string | undefined; malformed?: boolean }) {
  const t = translator(networksMessages, props.view.locale)
  return (
    <form method="get" action={paths.consoleAttempts} class="stack narrow">
      <Field
        name="reference"
        label={t('search.label')}
        hint={t('search.hint')}
        autocomplete="off"
        value={props.typed}
        error={props.malformed ? { code: 'search.malformed', words: t('search.malformed') } : undefined}
      />
      <Button kind="quiet">{t('search.submit')}</Button>
    </form>
  )
}

export type AttemptsPageProps = {
  view: View
  /** The search text as typed. */
  typed?: string | undefined
  /** The reference in canonical form; undefined if the text is not a reference. */
  reference?: string | undefined
  attempt?: FoundAttempt | undefined
}

/** `/admin/attempts`: the steps and the outcome of one attempt. */
export function AttemptsPage({ view, typed, reference, attempt }: AttemptsPageProps) {
  const t = translator(networksMessages, view.locale)
  const malformed = Boolean(typed) && reference === undefined
  const title = attempt
    ? t('attempt.title', { reference: attempt.reference })
    : reference
      ? t('search.none-title', { reference })
      : t('search.title')
  return (
    <ConsoleLayout view={view} title={title} refused={malformed}>
      {reference !== undefined && !attempt && <p>{t('search.none')}</p>}
      {attempt && <Attempt locale={view.locale} attempt={attempt} />}
      <AttemptSearch view={view} typed={attempt ? undefined : typed} malformed={malformed} />
    </ConsoleLayout>
  )
}

function Attempt({ locale, attempt }: { locale: Locale; attempt: FoundAttempt }) {
  const t = translator(networksMessages, locale)
  const { network, steps, recorded } = attempt
  return (
    <>
      {network && (
        <p>
          {t('attempt.network')} <a href={networkPath(network.id)}>{network.name}</a>
        </p>
      )}
      <section class="card">
        <h2>{t('attempt.steps')}</h2>
        {steps.length === 0 ? <p>{t('attempt.no-steps')}</p> : <Steps locale={locale} steps={steps} />}
      </section>
      {recorded.length > 0 && (
        <section class="card">
          <h2>{t('attempt.recorded')}</h2>
          <Table label={t('attempt.recorded')} head={[t('attempt.when'), t('attempt.event'), t('network.reason')]}>
            {recorded.map(({ at, event, reason, code }) => (
              <tr key={`${at} ${event}`}>
                <td>
                  <Time locale={locale} at={at} />
                </td>
                <td>{wordsFor(locale, 'event', event)}</td>
                <td>
                  {reason && wordsFor(locale, 'reason', reason)}
                  {code && ` (${code})`}
                </td>
              </tr>
            ))}
          </Table>
        </section>
      )}
    </>
  )
}

function Steps({ locale, steps }: { locale: Locale; steps: readonly SeenStep[] }) {
  const t = translator(networksMessages, locale)
  const head = ['attempt.when', 'network.step', 'network.outcome', 'network.reason', 'attempt.took', 'attempt.client']
  const milliseconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond' })
  const seconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
  const begun = steps[0]?.at ?? 0
  return (
    <Table label={t('attempt.steps')} head={head.map((key) => t(key as 'attempt.when'))}>
      {steps.map((seen) => (
        <tr key={`${seen.at} ${seen.step}`}>
          <td>
            {seen.at === begun ? (
              <Time locale={locale} at={begun} />
            ) : (
              t('attempt.after', { after: seconds.format((seen.at - begun) / 1_000) })
            )}
          </td>
          <td>{wordsFor(locale, 'step', seen.step)}</td>
          <td>{wordsFor(locale, 'outcome', seen.outcome)}</td>
          <td>{seen.reason && wordsFor(locale, 'reason', seen.reason)}</td>
          <td>{seen.milliseconds !== null && milliseconds.format(seen.milliseconds)}</td>
          <td>{seen.clientNetwork}</td>
        </tr>
      ))}
    </Table>
  )
}
