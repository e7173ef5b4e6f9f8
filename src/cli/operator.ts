import { parseArgs } from 'node:util'
import type { Foundation } from '#compose/index.ts'
import { findAccount } from '#features/account/index.ts'
import { grantOperator, type Operator, revokeOperator } from '#features/administration/index.ts'
import { paths } from '#ui/paths.ts'
import { type Command, print, refuse, UsageError, useCaseDeps, withFoundation } from './command.ts'

const usage = `einlass operator grant <address or number> [--json]
einlass operator revoke <address or number> [--json]
einlass operator list [--json]`

/** Manages who may use the console. Accounts are given by a proved identifier. */
export const operator: Command = async ([action, ...rest]) => {
  const { values, positionals } = parseArgs({
    args: rest,
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [typed] = positionals
  if (action === 'list' && typed === undefined) return withFoundation((foundation) => list(foundation, values.json))
  if ((action !== 'grant' && action !== 'revoke') || typed === undefined || positionals.length > 1) {
    throw new UsageError(usage)
  }
  return withFoundation(async (foundation) => {
    const { id, name } = await find(foundation, typed)
    const { config, outboxSignal } = foundation
    const deps = { ...useCaseDeps(foundation), publicUrl: config.url.origin, wake: () => outboxSignal.notify() }
    if (action === 'revoke') {
      await revokeOperator(deps, id)
      print(values.json, { revoked: id }, `${name} can no longer open the console.`)
      return 0
    }
    const isNew = await grantOperator(deps, id)
    const words = isNew
      ? `${name} can now open ${config.url.origin}${paths.console}.`
      : `${name} is already an operator.`
    print(values.json, { granted: id, new: isNew }, words)
    return 0
  })
}

async function find({ database: { read } }: Foundation, typed: string) {
  const found = await findAccount(read, typed)
  if (!found) throw refuse('command.no-account', { identifier: typed })
  return found
}

async function list({ database: { read } }: Foundation, json: boolean): Promise<number> {
  const operators = await Promise.all(
    (await read.operators.list()).map(async (each) => ({
      ...toJson(each),
      identifiers: (await read.identifiers.listOfAccount(each.accountId))
        .filter(({ provedAt }) => provedAt !== null)
        .map(({ canonical }) => canonical),
    })),
  )
  const words = operators.map(
    (each) =>
      `${each.name}  ${each.identifiers.join(' ')}  since ${each.granted_at}${each.disabled ? '  disabled' : ''}`,
  )
  const none = 'There is no operator yet. Add one: einlass operator grant <address or number>'
  print(json, operators, words.join('\n') || none)
  return 0
}

function toJson({ accountId, name, grantedAt, disabled }: Operator) {
  return { subject: accountId, name, granted_at: new Date(grantedAt).toISOString(), disabled }
}
