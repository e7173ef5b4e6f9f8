// Stamps tell whether an installation or a build is up to date.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime.mjs'

export const installStamp = join(root, 'node_modules/.install-stamp')
export const buildStamp = join(root, 'dist/.build-stamp')

/** The stamp's content; undefined if there is none. */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Changes when `npm ci` would install something else. */
export function installFingerprint() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

/** Changes when the build output would change. */
export function buildFingerprint() {
  const hash = createHash('sha256').update(installFingerprint())
  for (const file of [...sources('src'), 'scripts/build.mjs', 'scripts/bundle-plugins.mjs', 'tsconfig.json']) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => !/\.test\.tsx?$/.test(file) && statSync(join(root, file)).isFile())
    .sort()
}
