import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { linkTo } from '#ui/link.ts'
import type { View } from '#ui/view.ts'
import { signInMessages } from './messages.ts'
import type { Way } from './way.ts'

const paths = {
  'mailed-link': '/recover',
  passkey: '/sign-in/passkey',
  qr: '/sign-in/qr',
  'sms-code': '/sign-in/code',
  'recovery-code': '/sign-in/recovery-code',
} as const

type Linked = keyof typeof paths

/** The ways that are neither password nor network and can be used now, as buttons that lead to them. */
export function OtherWays(props: {
  view: View
  ways: readonly Way[]
  continueTo: string
  identifier?: string
  without?: readonly Linked[]
}) {
  const t = translator(signInMessages, props.view.locale)
  const means = props.ways
    .filter((way) => way.state === 'works')
    .map((way) => way.means)
    .filter((each): each is Linked => each in paths && !props.without?.includes(each as Linked))
  if (means.length === 0) return null
  return (
    <div class="stack">
      {means.map((each) => (
        <ButtonLink key={each} href={linkTo(paths[each], { continue: props.continueTo, identifier: props.identifier })}>
          {t(`way.${each}`)}
        </ButtonLink>
      ))}
    </div>
  )
}
