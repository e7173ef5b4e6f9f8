import { second } from '#kernel/duration.ts'
import type { Provider, ProviderSettings } from '../provider.ts'
import { type AssertedEmail, assertedEmail, type Claims } from './asserted-email.ts'

/** A person at a provider, identified by provider and subject. */
export type FederatedIdentity = {
  readonly providerId: string
  readonly subject: string
  /** One line; '' if the provider sends none. */
  readonly name: string
  readonly address: AssertedEmail | undefined
  /** When they last signed in there (`auth_time`), if the provider sends it. */
  readonly authenticatedAt?: number | undefined
}

/**
 * Reads the claims of an id_token, or the user data of a plain OAuth 2 provider.
 * @returns undefined without a valid subject
 */
export function identityOf(provider: Provider, claims: Claims): FederatedIdentity | undefined {
  const { mapping, subjectClaims, trust } = provider.settings
  const normalized = mapping ? mapClaims(provider.settings, mapping, claims) : claims
  const subject = mapping ? subjectText(normalized.sub) : joinedSubject(subjectClaims ?? ['sub'], normalized)
  if (!subject) return undefined
  const { auth_time: authTime } = normalized
  const authenticatedAt = typeof authTime === 'number' ? authTime * second : undefined
  return {
    providerId: provider.id,
    subject,
    name: sanitizeName(normalized.name),
    address: assertedEmail(trust, normalized),
    ...(authenticatedAt !== undefined && { authenticatedAt }),
  }
}

/** The key in the user data for the address that was taken from the list of addresses. */
export const listedAddress = 'einlass:listed-address'

/** Maps the user data of a plain OAuth 2 provider to OpenID Connect claims. */
function mapClaims(
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

const maximumSubject = 255

/** Accepts numeric ids, too, but no unsafe integers, which JSON.parse may have rounded. */
function subjectText(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || text === '' || text.length > maximumSubject) return undefined
  return /\p{Cc}/u.test(text) ? undefined : text
}

const maximumName = 100

/** Sanitizes an untrusted name: no line breaks, no invisible characters, limited length. */
function sanitizeName(value: unknown): string {
  if (typeof value !== 'string') return ''
  const plain = value
    .slice(0, 1_000)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return [...plain].slice(0, maximumName).join('').trim()
}

const githubList = { list: '', primary: 'primary', verified: 'verified' }

/** The address in a list that is both primary and verified. */
export function primaryVerified(
  answer: unknown,
  { list, primary, verified }: NonNullable<ProviderSettings['emailList']> = githubList,
): unknown {
  const items = list === '' ? answer : valueAt(answer, list)
  if (!Array.isArray(items)) return undefined
  const entries: readonly Claims[] = items.filter((entry) => typeof entry === 'object' && entry !== null)
  return entries.find((entry) => entry[primary] === true && entry[verified] === true)?.email
}
