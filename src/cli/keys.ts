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
    const at = (instant: number) => new Date(instant).toISOString()
    print(
      values.json,
      { key_ids: rotation.keyIds, active_at: at(rotation.activeAt), retired_at: at(rotation.retiredAt) },
      `New keys ${rotation.keyIds.join(', ')} are published and sign from ${at(rotation.activeAt)}.\nThe old ones verify until ${at(rotation.retiredAt)}.`,
    )
    return 0
  })
}
