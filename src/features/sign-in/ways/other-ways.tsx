import { translator } from '#i18n/translator.ts'
import { ButtonLink } from '#ui/form.tsx'
import { linkTo } from '#ui/link.ts'
import type { View } from '#ui/view.ts'
import type { Way } from './way.ts'

/** Buttons for the usable ways that have a page of their own. */
export function OtherWays(props: {
  view: View
  ways: readonly Way[]
  continueTo: string
  identifier?: string | undefined
  /** Kinds that the page offers elsewhere. */
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
