import { translator } from '#i18n/translator.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, Form } from '#ui/form.tsx'
import type { View } from '#ui/view.ts'
import { type Failure, failureTraits } from './failure.ts'
import { federationMessages } from './messages.ts'

/** What a page tells of a network that led nowhere. */
export type ShownFailure = {
  readonly network: { readonly id: string; readonly name: string; readonly logo: string }
  readonly failure: Failure
  /** The network's own word for it. */
  readonly code?: string | undefined
  readonly reference: string
}

/** The number by which the operator finds the attempt, and what the network calls its reason. */
export function FailureReference({ view, network, failure, code, reference }: ShownFailure & { view: View }) {
  const t = translator(federationMessages, view.locale)
  // Who turned back knows why.
  const tellsCode = failure !== 'cancelled'
  return (
    <p class="reference">
      {tellsCode && code && (
        <>
          {t('failed.code', { network: network.name, code })}
          <br />
        </>
      )}
      {t('failed.reference', { reference })}
    </p>
  )
}

/** In spite of an outage: neither the browser nor the server looks first. */
export function RetryNetwork(props: {
  view: View
  network: ShownFailure['network']
  failure: Failure
  action: string
  hidden: Readonly<Record<string, string | undefined>>
  kind: 'main' | 'quiet'
}) {
  const { view, network, failure, hidden } = props
  const t = translator(federationMessages, view.locale)
  const anyway = failureTraits[failure].isOutage
  return (
    <Form view={view} action={props.action} hidden={{ ...hidden, anyway: anyway ? '1' : undefined }}>
      <Button kind={props.kind}>{t(anyway ? 'failed.anyway' : 'failed.retry', { network: network.name })}</Button>
    </Form>
  )
}

/** On a page that is about something else: what happened at the network, and that one may try in spite of an outage. */
export function FailedNetworkBanner(
  props: ShownFailure & { view: View; action: string; hidden: Readonly<Record<string, string | undefined>> },
) {
  const { view, network, failure, action, hidden } = props
  const t = translator(federationMessages, view.locale)
  const names = { network: network.name }
  const { isOutage } = failureTraits[failure]
  return (
    <Banner view={view} tone={isOutage ? 'troubled' : 'info'} title={t(`failed.${failure}.title`, names)}>
      <div class="stack">
        <p>{t(`failed.${failure}.words`, names)}</p>
        {isOutage && (
          <RetryNetwork view={view} network={network} failure={failure} action={action} hidden={hidden} kind="quiet" />
        )}
        <FailureReference {...props} />
      </div>
    </Banner>
  )
}
