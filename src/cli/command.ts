import { type Foundation, openFoundation } from '#compose/index.ts'
import { readCommandConfig } from '#config.ts'
import { systemClock } from '#kernel/clock.ts'
import { Problem } from '#kernel/problem.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'

/** @returns the exit status: 0 done, 1 refused with a reason. Wrong usage throws `UsageError`. */
export type Command = (args: readonly string[]) => Promise<number>

/** The arguments are wrong: exit status 2. */
export class UsageError extends Error {}

/** Opens the configured storage for one command. */
export async function withFoundation<T>(work: (foundation: Foundation) => Promise<T>): Promise<T> {
  const config = readCommandConfig()
  for (const warning of config.warnings) console.warn(warning)
  const foundation = await openFoundation(config, {
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
  })
  try {
    return await work(foundation)
  } finally {
    await foundation.database.close()
  }
}

/** Dependencies that all use cases share. */
export function useCaseDeps({ clock, random, secrets, database }: Foundation) {
  return { clock, random, secrets, read: database.read, inTransaction: database.inTransaction }
}

/** Prints a sentence for people, or one JSON value for programs. */
export function print(json: boolean, value: unknown, words: string): void {
  console.log(json ? JSON.stringify(value, null, 2) : words)
}

const refusals: Readonly<Record<string, string>> = {
  'portal.id-malformed':
    'The id {id} must consist of lower-case letters, digits, dots and dashes, and begin with a letter or digit.',
  'portal.id-taken': 'There is already a portal {id}.',
  'portal.name-missing': 'The portal needs a name of at most 100 characters (--name).',
  'portal.redirect-missing': 'The portal needs at least one --redirect-uri.',
  'portal.address-malformed':
    'The address {address} must use https, or http on localhost, without a user, fragment or wildcard.',
  'portal.colour-malformed': 'The colour must look like #1d4ed8.',
  'portal.domain-malformed': 'The mail domain {domain} must look like example.org.',
  'federation.no-such-network': 'There is no network {id}.',
  'provider.taken':
    'There is already a network with the id {id} or the issuer {issuer}. An id keeps the issuer it was added with.',
  'provider.id-malformed':
    'The id {id} must consist of lower-case letters, digits and dashes, and begin with a letter or digit.',
  'provider.name-malformed': 'The network needs a name of at most 60 characters (--name).',
  'provider.client-missing': 'The client id that the network issued is missing (--client-id).',
  'provider.secret-missing': 'The client secret that the network issued is missing (--client-secret-file).',
  'provider.key-malformed':
    'The file must contain the private key as downloaded (PKCS #8, beginning with -----BEGIN PRIVATE KEY-----).',
  'provider.address-malformed':
    'The address {address} must use https, or http on localhost, without a user or fragment.',
  'provider.domain-malformed': 'The mail domain {domain} must look like example.org.',
  'operator.last':
    'This is the last operator who can sign in. Make another account an operator first (einlass operator grant).',
  'operator.not-one': 'This account is not an operator.',
  'operator.unproved': 'The account has no proved address or number, so its owner could not be notified.',
  'account.disabled': 'The account is disabled and cannot sign in.',
  'command.no-portal': 'There is no portal {id}.',
  'command.no-file': 'The file {file} cannot be read.',
  'command.no-account': 'There is no account with {identifier}.',
}

/** The sentence that says why a command was refused. */
export function refusalInWords(problem: Problem): string {
  const sentence = refusals[problem.code] ?? `Refused: ${problem.code}`
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(problem.params[name] ?? ''))
}

export function refuse(code: keyof typeof refusals & string, params: Record<string, string>): Problem {
  return new Problem('not-found', code, { params })
}
