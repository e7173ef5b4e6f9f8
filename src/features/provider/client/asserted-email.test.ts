import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Preset, presets } from '../presets/index.ts'
import type { TrustRule } from '../provider.ts'
import { assertedEmail, type Claims } from './asserted-email.ts'

const gmail = 'anna@gmail.com'
const work = 'anna@firma.example'
const domains: TrustRule = { kind: 'domains', domains: ['firma.example'] }

/** The rule table of SECURITY.md, row by row. */
const table: readonly (readonly [rule: TrustRule, claims: Claims, trusted: boolean])[] = [
  [presets.google.settings.trust, { email: gmail, email_verified: true }, true],
  [presets.google.settings.trust, { email: 'Anna@GMAIL.com', email_verified: true }, true],
  [presets.google.settings.trust, { email: gmail, email_verified: false }, false],
  [presets.google.settings.trust, { email: gmail, email_verified: 'true' }, false],
  [presets.google.settings.trust, { email: gmail }, false],
  [presets.google.settings.trust, { email: work, email_verified: true }, false],
  [presets.google.settings.trust, { email: work, email_verified: true, hd: 'firma.example' }, true],
  [presets.google.settings.trust, { email: work, email_verified: true, hd: 'other.example' }, false],
  [presets.google.settings.trust, { email: work, email_verified: false, hd: 'firma.example' }, false],
  [presets.google.settings.trust, { email: 'anna@gmail.com.evil.example', email_verified: true }, false],
  [presets.microsoft.settings.trust, { email: work, email_verified: true }, false],
  [presets.microsoft.settings.trust, { email: work }, false],
  [presets.microsoft.settings.trust, { email: work, xms_edov: true }, true],
  [presets.microsoft.settings.trust, { email: work, xms_edov: '1' }, true],
  [presets.microsoft.settings.trust, { email: work, xms_edov: false }, false],
  [presets.microsoft.settings.trust, { email: work, xms_edov: 'false' }, false],
  [presets.microsoft.settings.trust, { email: work, verified_primary_email: [work] }, true],
  [presets.microsoft.settings.trust, { email: work, verified_secondary_email: ['ANNA@firma.example'] }, true],
  [presets.microsoft.settings.trust, { email: work, verified_primary_email: ['other@firma.example'] }, false],
  [presets.apple.settings.trust, { email: work, email_verified: true }, true],
  [presets.apple.settings.trust, { email: work, email_verified: 'true' }, true],
  [presets.apple.settings.trust, { email: work, email_verified: 'false' }, false],
  [presets.apple.settings.trust, { email: work, email_verified: 1 }, false],
  [presets.apple.settings.trust, { email: work }, false],
  [presets.github.settings.trust, { email: work }, true],
  [presets.x.settings.trust, { email: work }, true],
  [domains, { email: work, email_verified: true }, true],
  [domains, { email: work, email_verified: 'true' }, false],
  [domains, { email: work }, false],
  [domains, { email: 'anna@sub.firma.example', email_verified: true }, false],
  [domains, { email: gmail, email_verified: true }, false],
  [{ kind: 'never' }, { email: gmail, email_verified: true, xms_edov: true, hd: 'gmail.com' }, false],
]

for (const [rule, claims, trusted] of table) {
  test(`${rule.kind}: ${JSON.stringify(claims)} is ${trusted ? 'proved' : 'only claimed'}`, () => {
    assert.equal(assertedEmail(rule, claims)?.trusted, trusted)
  })
}

test('anything but one plain address is ignored under every rule', () => {
  const addresses = [
    42,
    null,
    true,
    {},
    [gmail],
    [gmail, work],
    '',
    'anna',
    `${gmail},${work}`,
    `${gmail}\r\nBcc: ${work}`,
    '"a b"@x.example',
  ]
  for (const email of addresses) {
    assert.equal(
      assertedEmail({ kind: 'confirmed' }, { email, email_verified: true }),
      undefined,
      JSON.stringify(email),
    )
  }
})

test('a network without a rule is never trusted', () => {
  const named = ['google', 'apple', 'microsoft', 'github', 'x']
  for (const [id, preset] of Object.entries<Preset>(presets)) {
    assert.equal(preset.settings.trust.kind === 'never', !named.includes(id), id)
  }
})
