import { translator } from '#i18n/translator.ts'
import { type DeliveryStatus, DeliveryStatusLine, hasFailed } from '#ui/delivery-status.tsx'
import { Button, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { signUpMessages } from './messages.ts'

/** The mail is on its way. Identical whether or not the address has a profile. */
export function SignUpSentPage(props: {
  view: View
  identifier: string
  mail: DeliveryStatus
  resendAction: string
  continueTo?: string | undefined
}) {
  const { view, identifier, mail } = props
  const t = translator(signUpMessages, view.locale)
  return (
    <Layout view={view} title={t(hasFailed(mail) ? 'sent.failed' : 'sent.title')}>
      <p>{t(hasFailed(mail) ? 'sent.address' : 'sent.words', { identifier })}</p>
      <DeliveryStatusLine view={view} mail={mail} />
      {!hasFailed(mail) && <p>{t('sent.spam')}</p>}
      <Form view={view} action={props.resendAction} hidden={{ identifier, continue: props.continueTo }}>
        <Button kind="quiet">{t('sent.resend')}</Button>
        <span class="hint">{t('sent.newest')}</span>
      </Form>
      <p class="calls">
        <a href={paths.signUp}>{t('sent.other-address')}</a>
      </p>
    </Layout>
  )
}
