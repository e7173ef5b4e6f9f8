import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { linkTo } from '#ui/link.ts'
import type { View } from '#ui/view.ts'
import type { Way } from './way.ts'

/** The ways that can be used now and have an address of their own, as buttons that lead there. */
export function OtherWays(props: {
  view: View
  ways: readonly Way[]
  continueTo: string
  identifier?: string | undefined
  /** Kinds that the page offers in another place. */
  without?: readonly Way['kind'][]
}) {
  const ways = props.ways.filter((way) => way.state === 'works' && way.path && !props.without?.includes(way.kind))
  if (ways.length === 0) return null
  return (
    <div class="stack">
      {ways.map(({ kind, path = '', words }) => (
        <ButtonLink key={kind} href={linkTo(path, { continue: props.continueTo, identifier: props.identifier })}>
          {translator(words, props.view.locale)('button')}
        </ButtonLink>
      ))}
    </div>
  )
}
