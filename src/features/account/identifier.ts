import { domainToASCII, domainToUnicode } from 'node:url'

/** An address or phone number in canonical form. Parsed once, at the edge. */
export type Identifier = EmailAddress | PhoneNumber

export type EmailAddress = {
  readonly kind: 'email'
  /** For comparison: lower case, domain in punycode. No provider-specific folding (OWASP, Email Validation). */
  readonly canonical: string
  /** For display: local part as typed, domain in Unicode. */
  readonly display: string
}

export type PhoneNumber = {
  readonly kind: 'phone'
  /** E.164 */
  readonly canonical: string
  /** International format with spaces. */
  readonly display: string
}

const longest = 254
const longestLocalPart = 64
const dotAtom = /^[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*$/
/** Excludes `/ ? # %` and other characters that a URL parser decodes or takes for the end of the host. */
const domainCharacters = /^[A-Za-z0-9.\-\u0080-\u{10ffff}]+$/u
const hostLabel = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
const invisible = /[\p{Cc}\p{Cf}]/u

/**
 * Accepts only ASCII dot-atom local parts: no quoting, comments, source routes or percent hacks, which other mail
 * software may parse differently. The domain is mapped before it is validated (UTS 46), so that look-alike dots and
 * slashes cannot bypass validation.
 */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  const trimmed = text.trim()
  if (trimmed.length > longest || invisible.test(trimmed)) return undefined
  const at = trimmed.indexOf('@')
  const local = trimmed.slice(0, at)
  if (at < 1 || local.length > longestLocalPart || !dotAtom.test(local) || /[%!]/.test(local)) return undefined
  const domainText = trimmed.slice(at + 1)
  const domain = domainCharacters.test(domainText) ? domainToASCII(domainText) : ''
  if (!isMailDomain(domain)) return undefined
  const canonical = `${local.toLowerCase()}@${domain}`
  if (canonical.length > longest) return undefined
  return { kind: 'email', canonical, display: `${local}@${domainToUnicode(domain)}` }
}

function isMailDomain(domain: string): boolean {
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  return labels.length > 1 && labels.every((label) => hostLabel.test(label)) && /[a-z]/.test(top)
}

/** The address as passed to mail software: local part as typed, domain in punycode. */
export function deliverable(display: string): string {
  const at = display.lastIndexOf('@')
  return `${display.slice(0, at)}@${domainToASCII(display.slice(at + 1))}`
}

const phoneShape = /^\+?[0-9][0-9 ()./\u2010-\u2015-]{4,30}$/

/** International numbers only (`+49 …` or `0049 …`): for a national one we would have to guess the country. */
async function parsePhoneNumber(text: string): Promise<PhoneNumber | undefined> {
  const trimmed = text.trim()
  if (!phoneShape.test(trimmed)) return undefined
  // Loaded on demand: the metadata of all countries is large and rarely needed.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/max')
  const number = parsePhoneNumberFromString(trimmed.replace(/^00/, '+'), { extract: false })
  if (!number?.isValid() || number.ext) return undefined
  return { kind: 'phone', canonical: number.number, display: number.formatInternational() }
}

export async function parseIdentifier(text: string): Promise<Identifier | undefined> {
  return text.includes('@') ? parseEmailAddress(text) : parsePhoneNumber(text)
}
