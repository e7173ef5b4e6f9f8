import { parseArgs } from 'node:util'
import { rotateSigningKeys } from '#oidc/index.ts'
import { type Command, print, UsageError, useCaseDeps, withFoundation } from './command.ts'

const usage = 'einlass keys rotate [--json]'

/** Rotates the keys that sign tokens. */
export const keys: Command = async ([action, ...rest]) => {
  if (action !== 'rotate') throw new UsageError(usage)
  const { values } = parseArgs({ args: rest, options: { json: { type: 'boolean', default: false } } })
  return withFoundation(async (foundation) => {
    const rotation = await rotateSigningKeys(useCaseDeps(foundation))
    const iso = (instant: number) => new Date(instant).toISOString()
    print(
      values.json,
      { key_ids: rotation.keyIds, active_at: iso(rotation.activeAt), retired_at: iso(rotation.retiredAt) },
      `New keys have been published: ${rotation.keyIds.join(', ')}. They will sign tokens from ${iso(rotation.activeAt)}.\nThe old keys can verify tokens until ${iso(rotation.retiredAt)}.`,
    )
    return 0
  })
}
