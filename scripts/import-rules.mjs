// Checks the direction of imports in src/ with dependency-cruiser.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import configuration from '../.dependency-cruiser.mjs'

const { forbidden, options } = configuration

export const ruleNames = forbidden.map(({ name }) => name)

/** The violations below `project`/src, each as `{ rule, from, to }`. */
export async function checkImports(project) {
  const { output } = await cruise(['src'], {
    ...options,
    baseDir: project,
    validate: true,
    ruleSet: { forbidden },
  })
  return [...unread(project, output.modules), ...output.summary.violations.map(violation)]
}

function violation({ rule, from, to, cycle }) {
  return { rule: rule.name, from, to: cycle ? cycle.map(({ name }) => name).join(' -> ') : to }
}

/**
 * Files that dependency-cruiser did not read, as violations: without a parser for TypeScript it would read none, and
 * find no violations.
 */
export function unread(project, modules) {
  const read = new Set(modules.map(({ source }) => source))
  return readdirSync(join(project, 'src'), { recursive: true })
    .map((name) => join('src', name))
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file) && !read.has(file))
    .map((file) => ({ rule: 'every-file-is-read', from: file, to: '' }))
}

if (import.meta.main) {
  const violations = await checkImports(fileURLToPath(new URL('..', import.meta.url)))
  for (const { rule, from, to } of violations) console.log(`${rule}: ${from} -> ${to}`)
  process.exitCode = violations.length > 0 ? 1 : 0
}
