import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grantOperator, revokeOperator } from '#features/administration/index.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { onEachEngine } from '../support/engines.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

onEachEngine((engine) => {
  let storage: TestStorage
  before(async () => {
    storage = await openStorage(engine)
  })
  after(() => storage.close())

  const deps = () => {
    const { clock, random, secrets, database } = storage
    return {
      ...{ clock, random, secrets, inTransaction: database.inTransaction },
      ...{ publicUrl: 'https://id.example', wake: () => {} },
    }
  }
  const makeAccount = async (provedAt: number | null = 1) => {
    const accountId = newId<AccountId>(systemRandom)
    const canonical = `${accountId.toLowerCase()}@example.org`
    await storage.database.inTransaction(async ({ accounts, identifiers }) => {
      await accounts.insert({ id: accountId, name: 'Anna', locale: 'de', createdAt: 1, disabledAt: null })
      const identifier = { id: newId(systemRandom), accountId, kind: 'email', canonical, display: canonical } as const
      await identifiers.insert({ ...identifier, provedAt, primary: true }, 1)
    })
    return accountId
  }
  const operatorIds = async () => (await storage.database.read.operators.list()).map(({ accountId }) => accountId)
  const events = async (accountId: AccountId) =>
    (await storage.database.read.audit.listOfAccount(accountId, 10)).map(({ event }) => event)

  test('ADM-4: of many concurrent grants for an account, only one takes effect', async () => {
    const anna = await makeAccount()
    const granted = await Promise.all(Array.from({ length: 4 }, () => grantOperator(deps(), anna)))
    assert.equal(granted.filter(Boolean).length, 1)
    assert.deepEqual(await operatorIds(), [anna])
    assert.deepEqual(await events(anna), ['operator.granted'])
  })

  test('only an account that can sign in and be notified becomes an operator', async () => {
    const unproved = await makeAccount(null)
    await assert.rejects(grantOperator(deps(), unproved), { code: 'operator.unproved' })
    const disabled = await makeAccount()
    await storage.database.inTransaction(({ accounts }) => accounts.disable(disabled, 2))
    await assert.rejects(grantOperator(deps(), disabled), { code: 'account.disabled' })
  })

  test('the last operator who can sign in cannot be revoked, even by two concurrent revocations', async () => {
    const [first] = await operatorIds()
    assert.ok(first)
    await assert.rejects(revokeOperator(deps(), first), { code: 'operator.last' })
    const second = await makeAccount()
    await grantOperator(deps(), second)
    const outcomes = await Promise.allSettled([first, second].map((each) => revokeOperator(deps(), each)))
    assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    assert.equal((await operatorIds()).length, 1)
  })

  test('a disabled operator does not count as a remaining one', async () => {
    const [last] = await operatorIds()
    assert.ok(last)
    const other = await makeAccount()
    await grantOperator(deps(), other)
    await storage.database.inTransaction(({ accounts }) => accounts.disable(other, 2))
    await assert.rejects(revokeOperator(deps(), last), { code: 'operator.last' })
    await revokeOperator(deps(), other)
    assert.deepEqual(await events(other), ['operator.revoked', 'operator.granted'])
    await assert.rejects(revokeOperator(deps(), other), { code: 'operator.not-one' })
  })
})
