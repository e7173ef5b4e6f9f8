import assert from 'node:assert/strict'
import { grantOperator } from '#features/administration/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { newPerson } from '../support/networks.ts'
import { post } from '../support/pages.ts'
import { signUp, whoIs } from '../support/people.ts'
import { inWorlds, type World } from '../support/world.ts'

let operators = 0

/** A browser with a signed-in operator. */
async function operatorIn({ app }: World) {
  operators += 1
  const browser = app.browser()
  await signUp(app, browser, `operator${operators}@example.org`)
  const { clock, random, secrets, database } = app.foundation
  const deps = { clock, random, secrets, inTransaction: database.inTransaction, publicUrl: app.url, wake: () => {} }
  await grantOperator(deps, (await whoIs(app, browser))?.subject as AccountId)
  return browser
}

const text = (body: string) => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

inWorlds((attack) => {
  attack(
    'M2: an operator sees successes, failures and their reasons, and finds an attempt by its reference',
    async (world) => {
      const { app, networks } = world
      assert.ok((await world.arrive('sim-google', newPerson())).subject)
      assert.ok((await world.arrive('sim-google', newPerson())).subject)
      await networks.set('sim-google', { fault: 'wrong-nonce' })
      const { page: failed } = await world.arrive('sim-google', newPerson())
      const reference = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text(failed.body))?.[0]
      assert.ok(reference, failed.body)
      await app.health.settle()

      const operator = await operatorIn(world)
      const overview = await operator.open(`${app.url}/admin/networks`)
      assert.match(text(overview.body), /Sim Google .* 3 Versuche 67 % hinein/)
      const closely = text((await operator.open(`${app.url}/admin/networks/sim-google`)).body)
      assert.match(closely, /hineingekommen 2 66,7 % .* fehlgeschlagen 1 33,3 %/)
      const found = await operator.open(`${app.url}/admin/attempts?reference=${reference.toLowerCase()}`)
      assert.equal(found.status, 200)
      assert.match(
        text(found.body),
        /Netzwerk: Sim Google .* Token holen misslungen Antwort nicht gültig .* Versuch kam zu nichts/,
      )
    },
  )

  attack('M2: a network that an operator switched off signs nobody in until the override ends', async (world) => {
    const { app } = world
    const operator = await operatorIn(world)
    const page = await operator.open(`${app.url}/admin/networks/sim-x`)
    const set = await post(operator, page, '/admin/networks/sim-x/override', { state: 'off', for: '1h' })
    assert.equal(set.status, 200)
    await app.health.settle()
    assert.equal((await world.arrive('sim-x', newPerson()).catch(() => undefined))?.subject, undefined)
    await post(operator, set, '/admin/networks/sim-x/override/end')
    await app.health.settle()
    assert.ok((await world.arrive('sim-x', newPerson())).subject)
  })
})
