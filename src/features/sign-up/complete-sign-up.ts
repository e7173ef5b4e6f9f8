import { UniqueConflict } from '#database/constraint.ts'
import type { InTransaction } from '#database/open.ts'
import type { IdentifierStore } from '#features/account/index.ts'
import { createAccount } from '#features/account/index.ts'
import {
  type MailedLink,
  type MailedLinkStore,
  noteRefusedLink,
  type ReadLinkDeps,
  readLink,
} from '#features/mailed-link/index.ts'
import { type Hasher, type PasswordStore, passwordProof, preparePassword } from '#features/password/index.ts'
import type { Browser } from '#features/session/index.ts'
import {
  type FinishedSignIn,
  type FinishSignInDeps,
  type FinishSignInStores,
  finishSignIn,
} from '#features/sign-in/index.ts'
import type { Locale } from '#kernel/locale.ts'
import { paths } from '#ui/paths.ts'
import { signUpProblem } from './sign-up-problem.ts'

type Stores = FinishSignInStores & {
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly passwords: PasswordStore
}

export type CompleteSignUpDeps = FinishSignInDeps &
  ReadLinkDeps & { readonly hasher: Hasher; readonly inTransaction: InTransaction<Stores> }

export type CompleteSignUpInput = {
  readonly token: string
  readonly name: string
  readonly password: string
  readonly locale: Locale
  readonly browser: Browser
}

const longestName = 100
/** Line breaks and bidirectional controls, which would change the text around a displayed name. */
const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/**
 * Consumes the link, creates the account with its proved address and password, and signs in, in one transaction.
 * @throws Problem `sign-up.link-not-valid`, `sign-up.name-missing` and those of the password policy
 */
export async function completeSignUp(
  deps: CompleteSignUpDeps,
  input: CompleteSignUpInput,
): Promise<FinishedSignIn & { readonly continueTo: string | undefined }> {
  const lookup = await readLink(deps, input.token, ['sign-up'])
  if (lookup.state !== 'valid') {
    await noteRefusedLink(deps, 'sign-up.link-refused', lookup, input.browser.clientNetwork)
    throw signUpProblem('sign-up.link-not-valid')
  }
  const name = checkName(input.name)
  const hash = await preparePassword(deps, input.password, [name, lookup.link.canonical])
  const finished = await deps.inTransaction((stores) => signUp(deps, stores, input, lookup.link, name, hash))
  return { ...finished, continueTo: lookup.link.details.continueTo }
}

function checkName(name: string): string {
  const field = 'name'
  if (name === '') throw signUpProblem('sign-up.name-missing', { field })
  if ([...name].length > longestName || controlCharacters.test(name))
    throw signUpProblem('sign-up.name-malformed', { field })
  return name
}

async function signUp(
  deps: CompleteSignUpDeps,
  stores: Stores,
  { browser, locale }: CompleteSignUpInput,
  link: MailedLink,
  name: string,
  hash: string,
): Promise<FinishedSignIn> {
  const now = deps.clock.now()
  if (!(await stores.mailedLinks.consume(link.id, now))) throw signUpProblem('sign-up.link-not-valid')
  const { canonical, display } = link
  const identifier = { value: { kind: 'email', canonical, display }, isProved: true } as const
  const { clientNetwork } = browser
  const accountId = await createAccount(deps, stores, { name, locale, identifier, clientNetwork }).catch(
    rethrowAsInvalidLink,
  )
  await stores.passwords.set(accountId, hash, now)
  const continueTo = link.details.continueTo ?? paths.portals
  return finishSignIn(deps, stores, passwordProof(deps, accountId), { browser, continueTo })
}

/** A conflict means that another account has proved the address in the meantime, so the link is no longer valid. */
function rethrowAsInvalidLink(error: unknown): never {
  throw error instanceof UniqueConflict ? signUpProblem('sign-up.link-not-valid', { cause: error }) : error
}
