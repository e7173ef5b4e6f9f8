// Builds dist/: the server's programs with their dependencies (only native code stays in node_modules) and the page
// scripts. Usage: node scripts/build.mjs [project folder]
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { fileAddresses, slimHttp } from './bundle-plugins.mjs'
import { root } from './runtime.mjs'
import { buildFingerprint, buildStamp } from './stamps.mjs'

const project = resolve(process.argv[2] ?? root)
const source = join(project, 'src')
const dist = join(project, 'dist')

/** Entry points. Each keeps its path: src/cli/main.ts becomes dist/cli/main.js. */
const programs = [
  'main.ts',
  'cli/main.ts',
  'features/password/hash-worker.ts',
  'development/networks/main.ts',
  'development/portals/main.ts',
].filter((file) => existsSync(join(source, file)))

/** Native code cannot be bundled. pg-native is an optional dependency of pg. */
const external = ['@node-rs/argon2', 'pg-native']

const fingerprint = project === resolve(root) ? buildFingerprint() : undefined
rmSync(dist, { recursive: true, force: true })
if (programs.length > 0) await buildServer()
await buildBrowser()
if (fingerprint) writeFileSync(buildStamp, fingerprint)

async function buildServer() {
  const bundle = await rolldown({
    cwd: project,
    input: Object.fromEntries(programs.map((file) => [file.replace(/\.ts$/, ''), join(source, file)])),
    platform: 'node',
    external,
    plugins: [fileAddresses({ source, dist, programs }), slimHttp()],
    onLog: failOnWarning,
  })
  await bundle.write({
    dir: dist,
    format: 'esm',
    sourcemap: true,
    // The OpenID engine names its models after its classes.
    keepNames: true,
    // Less text to compile makes the start faster. Names are kept for logs and stack traces.
    minify: { compress: true, mangle: false, codegen: true },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  })
  await bundle.close()
}

async function buildBrowser() {
  const folder = join(source, 'browser')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /(?<!\.test|\.d)\.ts$/.test(name)) : []
  const manifest = {}
  for (const file of files) {
    const name = file.replace(/\.ts$/, '')
    const bundle = await rolldown({
      cwd: project,
      input: { [name]: join(folder, file) },
      platform: 'browser',
      // Safari 13, for old phones.
      transform: { target: 'es2019' },
      onLog: failOnWarning,
    })
    // One file each, since a second request would cost more than a few duplicated lines.
    const { output } = await bundle.write({
      dir: join(dist, 'browser'),
      format: 'esm',
      minify: true,
      codeSplitting: false,
      entryFileNames: '[name]-[hash].js',
    })
    await bundle.close()
    manifest[name] = output[0].fileName
  }
  mkdirSync(join(dist, 'browser'), { recursive: true })
  writeFileSync(join(dist, 'browser/manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Turns warnings of our own code into errors. */
function failOnWarning(level, log, handle) {
  if (level === 'warn' && !log.id?.includes('node_modules')) handle('error', log)
}
