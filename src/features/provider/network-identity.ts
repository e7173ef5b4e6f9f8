import { type Claims, type ToldAddress, toldAddress } from './address-trust.ts'
import type { Provider } from './provider.ts'

/** Who a network says is there: keyed by provider and subject. */
export type NetworkIdentity = {
  readonly providerId: string
  readonly subject: string
  /** One line, or '' when the network tells none. */
  readonly name: string
  readonly address: ToldAddress | undefined
}

/**
 * Reads the claims of an id_token, or a plain OAuth 2 network's answer about its user.
 * @returns undefined when they name nobody
 */
export function identityOf(provider: Provider, claims: Claims): NetworkIdentity | undefined {
  const { mapping, trust } = provider.settings
  const told = mapping ? mapped(mapping, claims) : claims
  const subject = mapping ? subjectText(told.sub) : joinedSubject(provider.settings.subjectClaims ?? ['sub'], told)
  if (!subject) return undefined
  return { providerId: provider.id, subject, name: oneLine(told.name), address: toldAddress(trust, told) }
}

/** OAuth 2 has no names for these values: the paths of the mapping give them those of OpenID Connect. */
function mapped(mapping: NonNullable<Provider['settings']['mapping']>, data: Claims): Claims {
  return {
    sub: at(data, mapping.subject),
    name: at(data, mapping.name),
    ...(mapping.email !== undefined && { email: at(data, mapping.email) }),
  }
}

/** @param path `data.id` */
function at(data: unknown, path: string): unknown {
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

/** GitHub's list of addresses: the one that is primary and verified, and no other. */
export function primaryVerified(list: unknown): unknown {
  if (!Array.isArray(list)) return undefined
  const entries = list.filter((entry) => typeof entry === 'object' && entry !== null)
  return entries.find((entry) => entry.primary === true && entry.verified === true)?.email
}
