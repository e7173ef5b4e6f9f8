import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { deliverable, parseEmailAddress, parseIdentifier } from './identifier.ts'

const canonicalOf = (text: string) => parseEmailAddress(text)?.canonical

test('IDN-1: look-alikes of an address are rejected', () => {
  const tricks = {
    'full-width at sign': 'e\uff20x.de',
    'small at sign': 'e\ufe6bx.de',
    'zero-width space': 'e\u200b@x.de',
    'zero-width joiner in the domain': 'e@x\u200d.de',
    'soft hyphen': 'e@x\u00ad.de',
    'right-to-left override': '\u202ee@x.de',
    'isolate at the end': 'e@x.de\u2069',
    'byte order mark inside': 'e\ufeff@x.de',
    'combining dot': 'i\u0307@x.de',
    'dotless i': '\u0131@x.de',
    'long s': '\u017f@x.de',
    'Kelvin sign': '\u212a@x.de',
    'ligature that NFKC takes apart': '\ufb01@x.de',
    'umlaut in the local part': 'm\u00fcller@x.de',
    'account-of sign, which NFKC turns into a slash': 'e@x\u2100.de',
    'full-width slash': 'e@x.de\uff0fy',
    'full-width hash': 'e@x.de\uff03y',
    'full-width percent': 'e@x\uff05.de',
    NUL: 'e\0@x.de',
  }
  for (const [trick, text] of Object.entries(tricks)) assert.equal(parseEmailAddress(text), undefined, trick)
})

test('IDN-1: a domain is mapped before it is validated, so that each look-alike has one form', () => {
  assert.equal(canonicalOf('e@\uff58\uff0e\uff44\uff45'), 'e@x.de')
  assert.equal(canonicalOf('e@x\u3002de'), 'e@x.de')
  assert.equal(canonicalOf('e@\u212a.de'), 'e@k.de')
  assert.equal(canonicalOf('e@\u017f.de'), 'e@s.de')
})

test('IDN-2: only a plain dot-atom at a single host name is accepted', () => {
  const tricks = [
    '"e@attacker.com"@victim.com',
    '"e"@x.de',
    'e(comment)@x.de',
    'e@x.de(comment)',
    'e@(comment)x.de',
    'e\r\n @x.de',
    'e @x.de',
    'e@ x.de',
    '@a.de:e@x.de',
    '@a.de,@b.de:e@x.de',
    'a@x.de,b@y.de',
    'a@x.de;b@y.de',
    'a@x.de b@y.de',
    'a@x.de\nb@y.de',
    '<a@x.de>',
    'Anna <a@x.de>',
    'a@x.de>',
    'mailto:a@x.de',
    'a@[127.0.0.1]',
    'a@[IPv6:::1]',
    'a@127.0.0.1',
    'a@2130706433',
    'a@0x7f.1',
    'a@x.de.',
    'a@.x.de',
    'a@x..de',
    'a%y.de@x.de',
    'y.de!a@x.de',
    'a@b@x.de',
    'a@x@y.de',
    '.a@x.de',
    'a.@x.de',
    'a..b@x.de',
    'a\\@x.de',
    'a@x\\y.de',
    'a@x.de/y',
    'a@x.de?y',
    'a@x.de#y',
    'a@x%2ede',
    'a@ex%61mple.com',
    'a@x.de:25',
    'a@-x.de',
    'a@x-.de',
    'a@x_y.de',
    'a@localhost',
    'a@xn--',
    'a@x.de\u0000',
    '@x.de',
    'a@',
    '@',
    '',
  ]
  for (const trick of tricks) assert.equal(parseEmailAddress(trick), undefined, JSON.stringify(trick))
})

test('IDN-2: the length limits of mail addresses are enforced', () => {
  const local = 'a'.repeat(64)
  assert.ok(parseEmailAddress(`${local}@x.de`))
  assert.equal(parseEmailAddress(`a${local}@x.de`), undefined)
  const labels = (count: number) => Array(count).fill('b'.repeat(60)).join('.')
  assert.ok(parseEmailAddress(`a@${labels(4)}.de`))
  assert.equal(parseEmailAddress(`${local}@${labels(4)}.de`), undefined)
  assert.equal(parseEmailAddress(`a@${'b'.repeat(64)}.de`), undefined)
  // Short in Unicode, too long in punycode.
  assert.equal(parseEmailAddress(`a@${Array(30).fill('\u00fc\u00e4\u00f6\u00df').join('.')}.de`), undefined)
})

test('IDN-3: case and spelling of the domain make no difference, the local part is displayed as typed', () => {
  assert.equal(canonicalOf('Foo@X.de'), canonicalOf('foo@x.DE'))
  assert.equal(parseEmailAddress(' Foo@X.de ')?.display, 'Foo@x.de')
  const one = [
    'e@m\u00fcnchen.de',
    'e@mu\u0308nchen.de',
    'E@M\u00dcNCHEN.DE',
    'e@xn--mnchen-3ya.de',
    'e@XN--MNCHEN-3YA.de',
  ]
  assert.deepEqual([...new Set(one.map(canonicalOf))], ['e@xn--mnchen-3ya.de'])
  assert.equal(parseEmailAddress('e@xn--mnchen-3ya.de')?.display, 'e@m\u00fcnchen.de')
})

test('IDN-3: \u00df and ss are different domains, as in IDNA 2008', () => {
  assert.notEqual(canonicalOf('e@stra\u00dfe.de'), canonicalOf('e@strasse.de'))
})

test('IDN-4: provider-specific aliases are not folded', () => {
  assert.equal(new Set(['ab@x.de', 'a.b@x.de', 'ab+c@x.de'].map(canonicalOf)).size, 3)
})

const alike = fc.constantFrom(
  ...'aZ0.-+_@%!"\' <>()[]\\/,;:\u0000\r\n\u00fc\u00df\u0131\u017f\u212a\uff20\u200b\u202e\u0307\u3002\uff0e\u2100',
)

test('IDN-1, IDN-2, IDN-3: an accepted address is plain ASCII, parses to itself, and mail goes to the same domain', () => {
  const text = fc.oneof(
    fc.array(alike, { maxLength: 30 }).map((characters) => characters.join('')),
    fc
      .tuple(fc.array(alike, { minLength: 1, maxLength: 8 }), fc.array(alike, { minLength: 1, maxLength: 12 }))
      .map(([local, domain]) => `${local.join('')}@${domain.join('')}.de`),
    fc.emailAddress(),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (typed) => {
      const address = parseEmailAddress(typed)
      if (!address) return
      assert.match(address.canonical, /^[a-z0-9.#$&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      assert.equal(canonicalOf(address.canonical), address.canonical)
      assert.equal(canonicalOf(address.display), address.canonical)
      assert.equal(canonicalOf(address.canonical.toUpperCase()), address.canonical)
      assert.equal(deliverable(address.display).toLowerCase(), address.canonical)
    }),
    { numRuns: 3_000 },
  )
})

test('SMS-4: all spellings of an international number have one canonical form', async () => {
  const spellings = ['+49 171 2345678', '0049 171 2345678', '+49 (0)171 2345678', '+49-171/2345678', ' +491712345678 ']
  const parsed = await Promise.all(spellings.map(parseIdentifier))
  for (const number of parsed)
    assert.deepEqual(number, { kind: 'phone', canonical: '+491712345678', display: '+49 171 2345678' })
})

test('SMS-4: everything but a plain international number is rejected', async () => {
  const tricks = [
    '0171 2345678',
    '+49171',
    '+49 110',
    'tel:+491712345678',
    '+491712345678;ext=1',
    '+49 171 2345678 x5',
    '+49 171 FLOWERS',
    '+\u0664\u0669\u0661\u0667\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668',
    '+\uff14\uff191712345678',
    '++491712345678',
    '+491712345678\n+491712345679',
    '+491712345678,+491712345679',
    `+49${'1'.repeat(40)}`,
  ]
  for (const trick of tricks) assert.equal(await parseIdentifier(trick), undefined, JSON.stringify(trick))
})

test('IDN-6: text with an at sign is never a number, text without one never an address', async () => {
  assert.equal((await parseIdentifier('+491712345678@x.de'))?.kind, 'email')
  assert.equal(await parseIdentifier('anna.x.de'), undefined)
})

test('DOS-6: text of any length is parsed in linear time', async () => {
  const long = [
    'a@'.repeat(50_000),
    `a@${'b.'.repeat(50_000)}de`,
    '('.repeat(100_000),
    `${' '.repeat(100_000)}x`,
    '+'.repeat(100_000),
    `+${'1-'.repeat(50_000)}`,
  ]
  for (const text of long) assert.equal(await parseIdentifier(text), undefined)
})
