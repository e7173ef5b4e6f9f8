import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountIdentifier } from '#features/account/index.ts'
import type { FederatedIdentifier } from '#features/network-link/index.ts'
import type { Password } from '#features/password/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { mayUnlink, type SignInMeans } from './ways-left.ts'

const accountId = 'a' as AccountId
const link = (providerId: string, quarantinedAt: number | null = null): FederatedIdentifier => ({
  providerId,
  subject: 's',
  accountId,
  linkedAt: 0,
  lastUsedAt: 0,
  quarantinedAt,
})
const password = (disabledAt: number | null): Password => ({
  accountId,
  hash: 'h',
  changedAt: 0,
  failures: 0,
  disabledAt,
})
const address = (provedAt: number | null): AccountIdentifier => ({
  id: 'i',
  accountId,
  kind: 'email',
  canonical: 'a@b.example',
  display: 'a@b.example',
  provedAt,
  primary: true,
})
const nothing: SignInMeans = {
  password: undefined,
  identifiers: [],
  linked: [link('google')],
  opening: [{ id: 'google' }, { id: 'x' }],
}

const cases: readonly (readonly [rule: string, means: Partial<SignInMeans>, may: boolean])[] = [
  ['the only network stays', {}, false],
  ['a mailbox alone is no way to sign in', { identifiers: [address(1)] }, false],
  ['a password and a proved address are one', { password: password(null), identifiers: [address(1)] }, true],
  ['a password without a proved address is none', { password: password(null), identifiers: [address(null)] }, false],
  ['a disabled password is none', { password: password(1), identifiers: [address(1)] }, false],
  ['another network is one', { linked: [link('google'), link('x')] }, true],
  ['another network that waits for confirmation is none', { linked: [link('google'), link('x', 1)] }, false],
  [
    'another network that is switched off is none',
    { linked: [link('google'), link('x')], opening: [{ id: 'google' }] },
    false,
  ],
  ['two people at one network go together', { linked: [link('google'), { ...link('google'), subject: 't' }] }, false],
  ['what opens nothing can go', { linked: [link('google', 1)] }, true],
]

for (const [rule, means, may] of cases) {
  test(rule, () => assert.equal(mayUnlink({ ...nothing, ...means }, 'google'), may))
}
