import { translator } from '../i18n/translator.ts'
import { Icon } from './icon.tsx'
import { uiMessages } from './messages.ts'
import { Time } from './time.tsx'
import type { View } from './view.ts'

/** What became of a mail. Shown only where it looks the same whether or not a profile exists. */
export type MailFate = { state: 'queued' | 'accepted' | 'refused' | 'expired'; at?: number | undefined }

const tones = { queued: 'info', accepted: 'success', refused: 'troubled', expired: 'troubled' } as const

/** "Der Mailserver hat die E-Mail angenommen, um 10:41." */
export function MailFateLine({ view, mail }: { view: View; mail: MailFate }) {
  const t = translator(uiMessages, view.locale)
  return (
    <p class={`state ${tones[mail.state] === 'troubled' ? 'troubled-word' : 'soft'}`} role="status">
      <Icon tone={tones[mail.state]} size={18} />
      <span>
        {t(`mail.${mail.state}`)}
        {mail.at !== undefined && (
          <>
            {' '}
            (<Time locale={view.locale} at={mail.at} style="clock" />)
          </>
        )}
      </span>
    </p>
  )
}
