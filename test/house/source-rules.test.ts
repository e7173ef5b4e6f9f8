import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { paths } from '#ui/paths.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

type SourceRule = {
  readonly offence: RegExp
  /** Where it is allowed. */
  readonly except: RegExp
  /** Lines that the pattern must match, so that it cannot rot unnoticed. */
  readonly examples: readonly string[]
  /** Tests and figures keep to it too. */
  readonly everywhere?: true
}

/** Without `/`, which is a separator as often as a path. */
const addresses = Object.values(paths)
  .filter((path) => path !== paths.home)
  .map((path) => path.replaceAll('.', '\\.'))
  .join('|')

const rules: Readonly<Record<string, SourceRule>> = {
  'time comes from the clock that is given': {
    offence: /\bDate\.now\b|\bnew Date\(\)/,
    except: /^src\/(kernel\/clock\.ts|browser\/)/,
    examples: ['const now = Date.now()', 'const now = new Date()', 'const now = Date.now'],
  },
  'waiting comes from the timers that are given': {
    offence: /\bset(Timeout|Interval)\(|node:timers/,
    // A socket's timeout is not a timer of ours.
    except: /^src\/(kernel\/timers\.ts|browser\/|development\/|http\/server\.ts)/,
    examples: ['setTimeout(work, 5)', 'setInterval(work, 5)', "import { setTimeout } from 'node:timers/promises'"],
  },
  'chance comes from the random that is given': {
    offence: /\bMath\.random\b|\brandom(Bytes|Int|UUID|Fill|FillSync)\b|\bgetRandomValues\b/,
    except: /^src\/(kernel\/random\.ts|browser\/)/,
    examples: ['Math.random()', "import { randomBytes } from 'node:crypto'", 'crypto.randomUUID()'],
  },
  'only the settings read the environment': {
    offence: /\bprocess\.env\b|\benv\b.*from 'node:process'/,
    except: /^src\/config\.ts$/,
    examples: ['process.env.HOME', "import { env } from 'node:process'"],
  },
  'only the two use cases that issue sessions write their tokens': {
    offence: /\bsessions\.(insert|strengthen)\(/,
    except: /^src\/features\/session\/issue\//,
    examples: ['await stores.sessions.insert(session, hash)', 'stores.sessions.strengthen(id, hash, proofs)'],
  },
  'a door names what it shows': {
    offence: /^\s*export \*/,
    except: /^$/,
    examples: ["export * from './session.ts'", "export * as session from './session.ts'"],
  },
  'an import of another folder says #, not how many folders to climb': {
    offence: /\bfrom '\.\.\/\.\.\//,
    except: /^test\/house\/source-rules\.test\.ts$/,
    everywhere: true,
    examples: ["import { newId } from '../../kernel/id.ts'"],
  },
  'a public address comes from the table of paths': {
    offence: new RegExp(`(['"\`]|([uU]rl|origin)\\})(${addresses})(?![\\w-])`),
    // The simulated networks and sample portals are separate programs with paths of their own.
    except: /^src\/(ui\/paths\.ts|browser\/|development\/(networks|portals)\/|development\/start-sample-portals\.ts)/,
    examples: [
      "app.get('/sign-in', answer)",
      '<a href="/profile">',
      `action={\`/sign-in/with/\${network.id}\`}`,
      "reply.redirect('/portals?notice=closed')",
      `const link = \`\${deps.publicUrl}/recover\``,
      '<p>{origin}/profile</p>',
    ],
  },
}

const features = globSync('src/features/*', { cwd: project }).map((folder) => folder.slice(folder.lastIndexOf('/') + 1))

/**
 * Budgets, channels of the outbox, outcomes in the metrics and orders belong to their feature. Central on purpose, since
 * they are reviewed as lists: tables, public addresses, shared words, the names of cookies.
 */
const groundFloor = /^src\/(database|http|i18n|mail|metrics|outbound|outbox|ui)\//
const centralLists =
  /^src\/(database\/(schema\.ts|migrations\/)|http\/(cookies|server)\.ts|ui\/(paths|messages|form)\.tsx?)/
const namesFeature = new RegExp(`(?<!\\[|\\bt\\()['"\`](${features.join('|')}|mail)([.:][a-z-]+)?['"\`]`)

const all = globSync('{src,test,bench}/**/*.{ts,tsx}', { cwd: project }).map((file) => ({
  file,
  lines: readFileSync(`${project}/${file}`, 'utf8').split('\n'),
}))
const sources = all.filter(({ file }) => file.startsWith('src/') && !/\.test\.tsx?$|\/testing\//.test(file))

const isComment = (line: string) => /^\s*(\/\/|\/?\*)/.test(line)

for (const [name, { offence, except, examples, everywhere }] of Object.entries(rules)) {
  test(name, () => {
    for (const example of examples) assert.match(example, offence)
    const offences = (everywhere ? all : sources)
      .filter(({ file }) => !except.test(file))
      .flatMap(({ file, lines }) =>
        lines.flatMap((line, index) =>
          offence.test(line) && !isComment(line) ? [`${file}:${index + 1}: ${line}`] : [],
        ),
      )
    assert.deepEqual(offences, [])
  })
}

test('the source rules read every file', () => {
  assert.ok(sources.some(({ file }) => file === 'src/kernel/clock.ts'))
  assert.ok(all.some(({ file }) => file === 'test/support/app.ts'))
})

test('a `.routes` file registers a route; a file that only helps routes is named `.web`', () => {
  const registers = /\b(app|scope|console)\.(get|post|register|page|change)\b|fastPath\.set\(/
  const roles = sources.filter(({ file }) => /\.(routes|web)\.tsx?$/.test(file))
  assert.ok(roles.length > 10)
  for (const { file, lines } of roles) {
    assert.equal(registers.test(lines.join('\n')), /\.routes\./.test(file), file)
  }
})

test('no file of the ground floor names a feature', () => {
  for (const example of ["budget('sign-in.name', {})", "channel('recovery', 'people')", "{ outcome: 'portal' }"]) {
    assert.match(example, namesFeature)
  }
  const files = sources.filter(({ file }) => groundFloor.test(file) && !centralLists.test(file))
  assert.ok(files.length > 30)
  const offences = files.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) =>
      namesFeature.test(line) && !isComment(line) ? [`${file}:${index + 1}: ${line}`] : [],
    ),
  )
  assert.deepEqual(offences, [])
})
