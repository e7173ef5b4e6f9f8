import { type AccountIdentifier, type IdentifierStore, proved } from '#features/account/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { PortalStore } from './portal.store.ts'
import type { Portal } from './portal.ts'

/** Whether the portal's access rule admits an account with these identifiers. */
export function isOpenTo({ access }: Pick<Portal, 'access'>, identifiers: readonly AccountIdentifier[]): boolean {
  if (access.kind === 'everybody') return true
  return proved(identifiers)
    .filter(({ kind }) => kind === 'email')
    .some(({ canonical }) => access.domains.includes(canonical.slice(canonical.lastIndexOf('@') + 1)))
}

/** The portals that the account may open, ordered by name. */
export async function portalsOpenTo(
  read: { readonly identifiers: IdentifierStore; readonly portals: PortalStore },
  accountId: AccountId,
): Promise<readonly Portal[]> {
  const [identifiers, portals] = await Promise.all([read.identifiers.listOfAccount(accountId), read.portals.list()])
  return portals.filter((portal) => isOpenTo(portal, identifiers))
}
