// Which way imports point (ARCHITECTURE.md). test/house/import-rules.test.ts breaks each rule once.
// `type-only` imports are erased; unless a rule says otherwise they count like all others.

/** The features from the lowest to the highest; those of one row may know each other, but not in a circle. */
const baseOrder = [
  ['account', 'audit', 'throttle'],
  ['session', 'provider'],
  ['provider-health'],
  ['password', 'passkey', 'one-time-code', 'federation', 'cross-device', 'mailed-link'],
  ['network-link'],
  ['sign-in', 'sign-out', 'sign-up', 'recovery'],
  ['step-up'],
  ['profile', 'portal', 'mobile-app'],
  ['administration'],
]

const inFeatures = (names) => `^src/features/(${names.join('|')})/`
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`

const store = '\\.store\\.ts$'
/** What speaks HTTP: it registers addresses (`routes`), or helps those that do (`web`). */
const routes = '\\.(routes|web)\\.tsx?$'
/** Binds a feature: what it gives to the server (`compose/feature.ts`). */
const feature = '\\.feature\\.ts$'
const door = '/index\\.ts$'
const groundFloor = '^src/(database|http|i18n|mail|metrics|outbound|outbox|sms|ui)/'
/** The programs, their settings and what joins the features. */
const top = '^src/([^/]+\\.ts$|compose/)'
const useCase = { path: '^src/features/[^/]+/.+\\.ts$', pathNot: [store, routes, feature, door] }
const testing = '/testing(/|$)'
const typesAside = { dependencyTypesNot: ['type-only'] }

const rules = [
  {
    name: 'imports-can-be-found',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-cycle-of-files',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-cycle-of-folders',
    scope: 'folder',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-development-package-in-the-product',
    from: {},
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'kernel-knows-nothing',
    from: { path: '^src/kernel/' },
    to: { pathNot: ['^src/kernel/', '^(node:)?crypto$'] },
  },
  {
    name: 'ground-floor-knows-no-feature',
    from: { path: groundFloor },
    to: { path: ['^src/(features|oidc|cli|development|browser)/', top] },
  },
  {
    name: 'feature-knows-nothing-above-it',
    from: { path: '^src/features/' },
    to: { path: ['^src/(oidc|cli|development|browser)/', top] },
  },
  {
    name: 'feature-has-a-place-in-the-base-order',
    from: { path: '^src/features/', pathNot: inFeatures(baseOrder.flat()) },
    to: {},
  },
  ...baseOrder.slice(0, -1).map((names, row) => ({
    name: `base-order-above-${names[0]}`,
    from: { path: inFeatures(names) },
    to: { path: inFeatures(baseOrder.slice(row + 1).flat()) },
  })),
  {
    name: 'neighbour-entered-by-its-door',
    from: { path: '^src/features/([^/]+)/' },
    to: { path: '^src/features/', pathNot: ['^src/features/$1/', door] },
  },
  {
    name: 'feature-entered-by-its-door',
    from: { path: '^src/', pathNot: '^src/features/' },
    to: { path: '^src/features/', pathNot: door },
  },
  {
    name: 'door-shows-its-own-files',
    from: { path: '^src/features/([^/]+)/index\\.ts$' },
    to: { pathNot: '^src/features/$1/' },
  },
  {
    // One door in: types aside, nothing else can start or strengthen a session.
    name: 'only-finish-sign-in-issues-sessions',
    from: { path: '^src/', pathNot: ['^src/features/sign-in/finish-sign-in\\.ts$', '^src/features/session/issue/'] },
    to: { path: '^src/features/session/issue/', ...typesAside },
  },
  {
    name: 'use-case-knows-no-web',
    from: useCase,
    to: {
      path: ['^src/http/', packages('fastify', '@fastify', 'preact', 'preact-render-to-string')],
    },
  },
  {
    // It may name the types of what it is given, the one error in which the database has the last word, and addresses.
    name: 'use-case-calls-neither-pages-nor-database',
    from: useCase,
    to: { path: '^src/(database|ui)/', pathNot: '^src/(database/constraint|ui/paths)\\.ts$', ...typesAside },
  },
  {
    name: 'use-case-knows-stores-by-type',
    from: useCase,
    to: { path: store, ...typesAside },
  },
  {
    name: 'store-knows-the-database-alone',
    from: { path: store },
    to: { pathNot: ['^src/(database|kernel)/', packages('kysely')], ...typesAside },
  },
  {
    name: 'store-serves-the-types-of-its-folder',
    from: { path: '^(.+/)[^/]+\\.store\\.ts$' },
    to: { pathNot: ['^src/(database|kernel)/', packages('kysely'), '^$1[^/]+$'] },
  },
  {
    name: 'store-knows-no-other-store',
    from: { path: store },
    to: { path: store },
  },
  {
    name: 'routes-know-no-storage',
    from: { path: [routes, feature] },
    to: { path: [store, '^src/database/'], ...typesAside },
  },
  {
    name: 'page-is-a-function-of-props',
    from: { path: '^src/(features|ui|development)/.+\\.tsx$', pathNot: routes },
    to: {
      path: [
        '^src/(database|http|mail|outbox|sms|oidc)/',
        store,
        routes,
        packages('kysely', 'pg', 'fastify', '@fastify', 'nodemailer', 'openid-client', 'oidc-provider'),
      ],
    },
  },
  {
    name: 'page-does-no-input-or-output',
    from: { path: '^src/(features|ui|development)/.+\\.tsx$', pathNot: routes },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'only-oidc-knows-the-engine',
    from: { path: '^src/', pathNot: '^src/oidc/' },
    to: { path: packages('oidc-provider') },
  },
  {
    name: 'only-stores-speak-sql',
    from: { path: '^src/', pathNot: ['^src/database/', store] },
    to: { path: packages('kysely', 'pg') },
  },
  {
    name: 'development-is-loaded-on-demand',
    from: { path: '^src/', pathNot: '^src/development/' },
    to: { path: '^src/development/', dynamic: false, ...typesAside },
  },
  {
    name: 'only-main-loads-development',
    from: { path: '^src/', pathNot: ['^src/development/', '^src/main\\.ts$'] },
    to: { path: '^src/development/', dynamic: true },
  },
  {
    name: 'only-programs-know-the-top-and-the-settings',
    from: { path: '^src/', pathNot: [top, '^src/cli/'] },
    to: { path: top, ...typesAside },
  },
  {
    name: 'browser-knows-itself-alone',
    from: { path: '^src/browser/' },
    to: { path: '^src/', pathNot: '^src/browser/' },
  },
  {
    name: 'browser-runs-in-browsers',
    from: { path: '^src/browser/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'server-knows-no-browser-code',
    from: { path: '^src/', pathNot: '^src/browser/' },
    to: { path: '^src/browser/' },
  },
  {
    name: 'product-knows-no-test',
    from: { path: '^src/' },
    to: { path: ['^(test|bench|scripts)/', testing] },
  },
]

export default {
  forbidden: rules.map((rule) => ({
    ...rule,
    severity: 'error',
    from: { ...rule.from, pathNot: [rule.from.pathNot ?? [], testing].flat() },
  })),
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: '\\.test\\.tsx?$' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  },
}
