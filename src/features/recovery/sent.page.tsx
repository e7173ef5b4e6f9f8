import { translator } from '#i18n/translator.ts'
import { type DeliveryStatus, DeliveryStatusLine } from '#ui/delivery-status.tsx'
import { Button, Form } from '#ui/form.tsx'
import { Layout } from '#ui/layout.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { View } from '#ui/view.ts'
import { recoveryMessages } from './messages.ts'

/** Identical for every address. */
export function RecoverySentPage(props: { view: View; identifier: string; mail: DeliveryStatus; continueTo: string }) {
  const { view, identifier, continueTo } = props
  const t = translator(recoveryMessages, view.locale)
  return (
    <Layout view={view} title={t('sent.title')}>
      <p>{t('sent.words')}</p>
      <p class="soft">{t('sent.address', { identifier })}</p>
      <DeliveryStatusLine view={view} mail={props.mail} />
      <Form view={view} action={paths.recover} hidden={{ identifier, continue: continueTo }}>
        <Button kind="quiet">{t('sent.resend')}</Button>
        <span class="hint">{t('sent.newest')}</span>
      </Form>
      <p class="calls">
        <a href={linkTo(paths.recover, { continue: continueTo })}>{t('sent.other')}</a>
        <a href={linkTo(paths.signIn, { continue: continueTo })}>{t('start.sign-in')}</a>
      </p>
    </Layout>
  )
}
