import { second } from '#kernel/duration.ts'
import type { Provider, ProviderSettings } from '../provider.ts'
import { type AssertedEmail, assertedEmail, type Claims } from './asserted-email.ts'

/** Who a network says is there: keyed by provider and subject. */
export type FederatedIdentity = {
  readonly providerId: string
  readonly subject: string
  /** One line, or '' when the network tells none. */
  readonly name: string
  readonly address: AssertedEmail | undefined
  /** When they last proved it there (`auth_time`), if it was told. */
  readonly authenticatedAt?: number | undefined
}

/**
 * Reads the claims of an id_token, or a plain OAuth 2 network's answer about its user.
 * @returns undefined when they name nobody
 */
export function identityOf(provider: Provider, claims: Claims): FederatedIdentity | undefined {
  const { mapping, subjectClaims, trust } = provider.settings
  const told = mapping ? mapped(provider.settings, mapping, claims) : claims
  const subject = mapping ? subjectText(told.sub) : joinedSubject(subjectClaims ?? ['sub'], told)
  if (!subject) return undefined
  const at = told.auth_time
  const authenticatedAt = typeof at === 'number' ? at * second : undefined
  return {
    providerId: provider.id,
    subject,
    name: oneLine(told.name),
    address: assertedEmail(trust, told),
    ...(authenticatedAt !== undefined && { authenticatedAt }),
  }
}

/** Under this name the user's data carries the address that the list of addresses told. */
export const listedAddress = 'einlass:listed-address'

/** OAuth 2 has no names for these values: the paths of the mapping give them those of OpenID Connect. */
function mapped(
  { endpoints }: ProviderSettings,
  { subject, name, email }: NonNullable<ProviderSettings['mapping']>,
  data: Claims,
): Claims {
  const parts = [name].flat().map((path) => valueAt(data, path))
  return {
    sub: valueAt(data, subject),
    name: parts.length === 1 ? parts[0] : parts.filter((part) => typeof part === 'string').join(' '),
    email: endpoints?.emails ? data[listedAddress] : email && valueAt(data, email),
  }
}

/** @param path `data.id` */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const holds = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    return holds ? (value as Claims)[key] : undefined
  }, data)
}

function joinedSubject(names: readonly string[], claims: Claims): string | undefined {
  const parts = names.map((name) => subjectText(claims[name]))
  return parts.includes(undefined) ? undefined : subjectText(parts.join('.'))
}

const longestSubject = 255

/** Numbers count as ids of plain OAuth 2 networks; what was rounded on the way does not. */
function subjectText(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || text === '' || text.length > longestSubject) return undefined
  return /\p{Cc}/u.test(text) ? undefined : text
}

const longestName = 100

/** A name that somebody else wrote: no line breaks, nothing invisible, no more than fits. */
function oneLine(value: unknown): string {
  if (typeof value !== 'string') return ''
  const plain = value
    .slice(0, 1_000)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return [...plain].slice(0, longestName).join('').trim()
}

const listOfGithub = { list: '', primary: 'primary', verified: 'verified' }

/** Of a list of addresses the one that is primary and verified, and no other. */
export function primaryVerified(
  answer: unknown,
  { list, primary, verified }: NonNullable<ProviderSettings['emailList']> = listOfGithub,
): unknown {
  const told = list === '' ? answer : valueAt(answer, list)
  if (!Array.isArray(told)) return undefined
  const entries: readonly Claims[] = told.filter((entry) => typeof entry === 'object' && entry !== null)
  return entries.find((entry) => entry[primary] === true && entry[verified] === true)?.email
}
