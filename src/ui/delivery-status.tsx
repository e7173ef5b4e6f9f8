import { translator } from '#i18n/translator.ts'
import { Icon } from './icon.tsx'
import { uiMessages } from './messages.ts'
import { Time } from './time.tsx'
import type { View } from './view.ts'

/** Delivery status of a mail. Shown only where it is the same whether or not a profile exists. */
export type DeliveryStatus = { state: 'queued' | 'accepted' | 'refused' | 'expired'; at?: number | undefined }

/** Whether the mail will not be delivered. */
export function hasFailed(mail: DeliveryStatus): boolean {
  return mail.state === 'refused' || mail.state === 'expired'
}

const tones = { queued: 'info', accepted: 'success', refused: 'troubled', expired: 'troubled' } as const

/** "10:41 · Der Mailserver hat die E-Mail angenommen." */
export function DeliveryStatusLine({ view, mail }: { view: View; mail: DeliveryStatus }) {
  const t = translator(uiMessages, view.locale)
  return (
    <p class={`state ${hasFailed(mail) ? 'troubled-word' : 'soft'}`} role="status">
      <Icon tone={tones[mail.state]} size={18} />
      <span>
        {mail.at !== undefined && (
          <>
            <Time locale={view.locale} at={mail.at} style="clock" />
            {' · '}
          </>
        )}
        {t(`mail.${mail.state}`)}
        {mail.state === 'queued' && (
          <>
            {' '}
            <a href={view.path}>{t('mail.look-again')}</a>
          </>
        )}
      </span>
    </p>
  )
}
