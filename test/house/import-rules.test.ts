import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkImports, ruleNames, unread } from '#scripts/import-rules.mjs'

const project = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'einlass-imports-'))
after(() => rmSync(folder, { recursive: true }))

/** File contents by path below src/. */
type Tree = Readonly<Record<string, string>>

/** A violation of each rule. The first file is the offender. */
const offences: Readonly<Record<string, Tree>> = {
  'imports-can-be-found': { 'http/server.ts': "import './nowhere.ts'" },
  'no-cycle-of-files': {
    'http/server.ts': "import type { Cookies } from './cookies.ts'",
    'http/cookies.ts': "import './server.ts'",
  },
  'no-cycle-of-folders': {
    'mail/smtp.ts': "import '../outbox/enqueue.ts'",
    'outbox/enqueue.ts': '',
    'outbox/worker.ts': "import '../mail/letter.ts'",
    'mail/letter.ts': '',
  },
  'no-development-package-in-the-product': { 'http/server.ts': "import 'fast-check'" },
  'kernel-knows-nothing': { 'kernel/clock.ts': "import { readFile } from 'node:fs/promises'" },
  'ground-floor-knows-no-feature': {
    'ui/layout.tsx': "import type { Account } from '../features/account/index.ts'",
    'features/account/index.ts': '',
  },
  'feature-knows-nothing-above-it': {
    'features/portal/index.ts': "import '#oidc/claims.ts'",
    'oidc/claims.ts': '',
  },
  'feature-has-a-place-in-the-base-order': {
    'features/newsletter/subscribe.ts': "import '#kernel/clock.ts'",
    'kernel/clock.ts': '',
  },
  'base-order-above-account': {
    'features/throttle/take.ts': "import '../session/index.ts'",
    'features/session/index.ts': '',
  },
  'base-order-above-session': {
    'features/session/start-session.ts': "import type { Password } from '../password/index.ts'",
    'features/password/index.ts': '',
  },
  'base-order-above-provider-health': {
    'features/provider-health/read-health.ts': "import '../federation/index.ts'",
    'features/federation/index.ts': '',
  },
  'base-order-above-password': {
    'features/federation/link-identifier.ts': "import '../recovery/index.ts'",
    'features/recovery/index.ts': '',
  },
  'base-order-above-network-link': {
    'features/network-link/link-network.ts': "import '../recovery/index.ts'",
    'features/recovery/index.ts': '',
  },
  'base-order-above-step-up': {
    'features/step-up/step-up.routes.tsx': "import '../profile/index.ts'",
    'features/profile/index.ts': '',
  },
  'base-order-above-sign-in': {
    'features/sign-in/sign-in.routes.tsx': "import '../profile/index.ts'",
    'features/profile/index.ts': '',
  },
  'base-order-above-profile': {
    'features/portal/portal.routes.tsx': "import '../administration/index.ts'",
    'features/administration/index.ts': '',
  },
  'neighbour-entered-by-its-door': {
    'features/session/start-session.ts': "import type { Account } from '../account/account.ts'",
    'features/account/account.ts': '',
  },
  'feature-entered-by-its-door': {
    'compose/index.ts': "import '../features/account/account.ts'",
    'features/account/account.ts': '',
  },
  'door-shows-its-own-files': {
    'features/session/index.ts': "export { newId } from '#kernel/id.ts'",
    'kernel/id.ts': '',
  },
  'only-finish-sign-in-issues-sessions': {
    'features/sign-up/complete-sign-up.ts': "import { startSession } from '#features/session/issue/index.ts'",
    'features/session/issue/index.ts': '',
  },
  'use-case-knows-no-web': { 'features/session/end-sessions.ts': "import type { FastifyReply } from 'fastify'" },
  'use-case-calls-neither-pages-nor-database': {
    'features/session/end-sessions.ts': "import { openConnection, type InTransaction } from '#database/open.ts'",
    'database/open.ts': '',
  },
  'use-case-knows-stores-by-type': {
    'features/session/end-sessions.ts':
      "import type { SessionStore } from './session.store.ts'\nimport { sessionStore } from './session.store.ts'",
    'features/session/session.store.ts': '',
  },
  'store-knows-the-database-alone': {
    'features/session/session.store.ts': "import { isFresh } from './session.ts'",
    'features/session/session.ts': '',
  },
  'store-serves-the-types-of-its-folder': {
    'features/session/session.store.ts': "import type { Account } from '../account/index.ts'",
    'features/account/index.ts': '',
  },
  'store-knows-no-other-store': {
    'features/session/session.store.ts': "import type { BrowserStore } from './known-browser.store.ts'",
    'features/session/known-browser.store.ts': '',
  },
  'routes-know-no-storage': {
    'features/session/session.routes.ts': "import { sessionStore } from './session.store.ts'",
    'features/session/session.store.ts': '',
  },
  'page-is-a-function-of-props': {
    'features/sign-in/sign-in.page.tsx': "import type { Cookies } from '#http/index.ts'",
    'http/index.ts': '',
  },
  'page-does-no-input-or-output': { 'features/sign-up/verify.email.tsx': "import { readFileSync } from 'node:fs'" },
  'only-oidc-knows-the-engine': { 'compose/index.ts': "import type { Provider } from 'oidc-provider'" },
  'only-stores-speak-sql': { 'features/session/session.routes.ts': "import type { Kysely } from 'kysely'" },
  'development-is-loaded-on-demand': {
    'main.ts': "import { startMailbox } from './development/index.ts'",
    'development/index.ts': '',
  },
  'only-main-loads-development': {
    'compose/index.ts': "await import('../development/index.ts')",
    'development/index.ts': '',
  },
  'only-programs-know-the-top-and-the-settings': {
    'http/server.ts': "import { config } from '../config.ts'",
    'config.ts': '',
  },
  'browser-knows-itself-alone': {
    'browser/passkey.ts': "import '../ui/link.ts'",
    'ui/link.ts': '',
  },
  'browser-runs-in-browsers': { 'browser/passkey.ts': "import { Buffer } from 'node:buffer'" },
  'server-knows-no-browser-code': {
    'http/server.ts': "import '../browser/passkey.ts'",
    'browser/passkey.ts': '',
  },
  'product-knows-no-test': {
    'http/server.ts': "import '../features/session/testing/sessions.ts'",
    'features/session/testing/sessions.ts': '',
  },
}

/** Looks like violations, but is allowed. */
const tidy: Tree = {
  'kernel/id.ts': "import { randomBytes } from 'node:crypto'",
  'database/open.ts': "import { Kysely } from 'kysely'",
  'features/account/index.ts': "export type { AccountStore } from './account.store.ts'",
  'features/account/account.ts': '',
  'features/account/account.store.ts':
    "import type { Account } from './account.ts'\nimport type { Queryable } from '#database/open.ts'",
  'features/session/start-session.ts': [
    "import type { InTransaction } from '#database/open.ts'",
    "import type { AccountStore } from '../account/index.ts'",
    "import type { SessionStore } from './session.store.ts'",
    "import { newId } from '#kernel/id.ts'",
  ].join('\n'),
  'features/session/session.store.ts': "import { sql } from 'kysely'",
  'development/index.ts': '',
  'main.ts': "await import('./development/index.ts')",
}

function grow(tree: Tree): string {
  const root = mkdtempSync(join(folder, 'tree-'))
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, 'src', path)), { recursive: true })
    writeFileSync(join(root, 'src', path), `${content}\nexport const something = 1\n`)
  }
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
  symlinkSync(join(project, 'package.json'), join(root, 'package.json'))
  return root
}

for (const [rule, tree] of Object.entries(offences)) {
  test(`the import rule ${rule} reports a violation`, async () => {
    const violations = await checkImports(grow(tree))
    const found = violations.filter((violation) => violation.rule === rule)
    assert.notDeepEqual(found, [], `reported instead: ${JSON.stringify(violations)}`)
  })
}

test('every import rule has a test that violates it', () => {
  assert.deepEqual(Object.keys(offences).sort(), [...ruleNames].sort())
})

test('a correct tree violates no import rule', async () => {
  assert.deepEqual(await checkImports(grow(tidy)), [])
})

test('a file that cannot be parsed is a violation', () => {
  const offence = { rule: 'every-file-is-read', from: 'src/kernel/id.ts', to: '' }
  assert.deepEqual(unread(grow({ 'kernel/id.ts': '' }), []), [offence])
})

test('the imports of this project violate no rule', async () => {
  assert.deepEqual(await checkImports(project), [])
})
