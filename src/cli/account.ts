import { parseArgs } from 'node:util'
import type { Foundation } from '#compose/index.ts'
import { findAccount } from '#features/account/index.ts'
import { disableAccount } from '#features/administration/index.ts'
import { type Authenticator, type AuthenticatorStores, authenticators } from '#features/sign-in/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { type Command, print, refuse, UsageError, useCaseDeps, withFoundation } from './command.ts'

const usage = `einlass account show <address or number> [--json]
einlass account disable <address or number> [--json]`

/** Shows and disables accounts, which are given by a proved identifier. */
export const accountCommand =
  (authenticators: readonly Authenticator[]): Command =>
  async ([action, ...rest]) => {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [typed] = positionals
    if ((action !== 'show' && action !== 'disable') || typed === undefined || positionals.length > 1) {
      throw new UsageError(usage)
    }
    return withFoundation(async (foundation) => {
      const found = await find(foundation, authenticators, typed)
      if (action === 'show') {
        print(
          values.json,
          found,
          Object.entries(found)
            .map(([name, value]) => `${name}: ${inWords(value)}`)
            .join('\n'),
        )
        return 0
      }
      await disableAccount(useCaseDeps(foundation), found.subject)
      print(
        values.json,
        { disabled: found.subject },
        `${found.name} can no longer sign in and has been signed out everywhere.`,
      )
      return 0
    })
  }

async function find({ database: { read } }: Foundation, authenticators: readonly Authenticator[], typed: string) {
  const found = await findAccount(read, typed)
  if (!found) throw refuse('command.no-account', { identifier: typed })
  const [identifiers, networks, password] = await Promise.all([
    read.identifiers.listOfAccount(found.id),
    read.federatedIdentifiers.listOfAccount(found.id),
    read.passwords.find(found.id),
  ])
  return {
    subject: found.id,
    name: found.name,
    created_at: new Date(found.createdAt).toISOString(),
    disabled: found.disabledAt !== null,
    password: password ? (password.disabledAt === null ? 'set' : 'disabled') : 'not set',
    identifiers: identifiers.map((each) => ({
      kind: each.kind,
      value: each.canonical,
      proved: each.provedAt !== null,
    })),
    networks: networks.map((each) => each.providerId),
    ways: await waysOf(authenticators, read, found.id),
  }
}

/** The account's ways in, regardless of the networks' health. */
async function waysOf(authenticators: readonly Authenticator[], stores: AuthenticatorStores, accountId: AccountId) {
  const ways = await Promise.all(
    authenticators.map(async ({ kind, ofAccount }) =>
      (await ofAccount(stores, accountId)).map(({ state, providerId }) => ({
        authenticator: kind,
        ...(providerId !== undefined && { provider: providerId }),
        state,
      })),
    ),
  )
  return ways.flat()
}

function inWords(value: unknown): string {
  if (!Array.isArray(value)) return String(value)
  return value.map((each) => (typeof each === 'string' ? each : Object.values(each).join(' '))).join(', ')
}

export const account = accountCommand(authenticators)
