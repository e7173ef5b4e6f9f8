import { translator } from '#i18n/translator.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, Form } from '#ui/form.tsx'
import type { View } from '#ui/view.ts'
import { type Failure, failureTraits } from './failure.ts'
import { federationMessages } from './messages.ts'

/** A failed attempt as pages show it. */
export type ShownFailure = {
  readonly network: { readonly id: string; readonly name: string; readonly logo: string }
  readonly failure: Failure
  /** The network's own error code. */
  readonly code?: string | undefined
  readonly reference: string
}

/** The reference by which the operator finds the attempt, and the network's error code. */
export function FailureReference({ view, network, failure, code, reference }: ShownFailure & { view: View }) {
  const t = translator(federationMessages, view.locale)
  // Not after a cancellation, where the person knows the reason.
  const showsCode = failure !== 'cancelled'
  return (
    <p class="reference">
      {showsCode && code && (
        <>
          {t('failed.code', { network: network.name, code })}
          <br />
        </>
      )}
      {t('failed.reference', { reference })}
    </p>
  )
}

/** Retries the network. After an outage, it skips the checks of browser and server. */
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

/** For pages about something else: what happened at the network and, after an outage, a button to try anyway. */
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
