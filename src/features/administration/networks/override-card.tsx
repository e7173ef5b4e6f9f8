import { translator } from '#i18n/translator.ts'
import { Button, Form } from '#ui/form.tsx'
import type { View } from '#ui/view.ts'
import { networkPath } from '../console/console-urls.ts'
import { StateWords } from './ending-counts.tsx'
import { networksMessages } from './messages.ts'
import { overrideSpans } from './override-network.ts'
import type { ShownNetwork } from './show-network.ts'

const choices = Object.keys(overrideSpans) as (keyof typeof overrideSpans)[]

/** Switches a network off, or marks it as troubled, until a set time. */
export function OverrideCard({ view, network }: { view: View; network: ShownNetwork }) {
  const t = translator(networksMessages, view.locale)
  const action = `${networkPath(network.id)}/override`
  return (
    <section class="card">
      <h2>{t('override.title')}</h2>
      <p>{t('override.words')}</p>
      {network.now.until !== undefined && (
        <>
          <p>{t('override.in-force')}</p>
          <StateWords locale={view.locale} now={network.now} />
          <Form view={view} action={`${action}/end`}>
            <Button kind="quiet">{t('override.end')}</Button>
          </Form>
        </>
      )}
      <div class="tiles">
        <OverrideForm view={view} action={action} state="off" />
        <OverrideForm view={view} action={action} state="troubled" />
      </div>
    </section>
  )
}

function OverrideForm({ view, action, state }: { view: View; action: string; state: 'off' | 'troubled' }) {
  const t = translator(networksMessages, view.locale)
  const id = `for-${state}`
  return (
    <Form view={view} action={action} hidden={{ state }}>
      <p>
        <b>{t(`override.${state}`)}</b>
        <span class="hint note">{t(`override.${state}-words`)}</span>
      </p>
      <div class="field">
        <label for={id}>{t('override.for')}</label>
        <select id={id} name="for">
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {t(`override.${choice}`)}
            </option>
          ))}
        </select>
      </div>
      <Button kind={state === 'off' ? 'harm' : 'quiet'}>{t(`override.${state}`)}</Button>
    </Form>
  )
}
