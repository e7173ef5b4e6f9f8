import { authenticators } from '../authenticators.ts'
import type { Way } from '../ways/way.ts'

/** A way of this kind, as the table of authenticators describes it. */
export function wayOf(kind: Way['kind'], more: Partial<Way> = {}): Way {
  const row = authenticators.find((each) => each.kind === kind)
  if (!row) throw new Error(`the table has no row for ${kind}`)
  const { path, words, opensAlone } = row
  return { kind, state: 'works', words, opensAlone, dependsOn: [], ...(path !== undefined && { path }), ...more }
}
