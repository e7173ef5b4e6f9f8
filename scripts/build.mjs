// Builds dist/: the server's programs with everything they need (only native code stays in node_modules) and the
// scripts of the pages. Usage: node scripts/build.mjs [project folder]
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { root } from './runtime.mjs'
import { buildFingerprint, buildStamp } from './stamps.mjs'

const project = resolve(process.argv[2] ?? root)
const source = join(project, 'src')
const dist = join(project, 'dist')

/** Programs of their own: each keeps its path, so src/cli/main.ts becomes dist/cli/main.js. */
const programs = [
  'main.ts',
  'cli/main.ts',
  'features/password/hash-worker.ts',
  'development/networks/main.ts',
  'development/portals/main.ts',
].filter((file) => existsSync(join(source, file)))

/** Native code cannot be bundled; pg asks for pg-native only where somebody has installed it. */
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
    plugins: [fileAddresses()],
    onLog: refuseWarnings,
  })
  await bundle.write({
    dir: dist,
    format: 'esm',
    sourcemap: true,
    // Compiling the text is most of the start; names stay as they are for logs and stack traces.
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
      onLog: refuseWarnings,
    })
    // One file each: a page needs one script, and a second request would cost more than a few shared lines.
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

/**
 * Sources say `new URL('./hash-worker.ts', import.meta.url)` for a program to start and
 * `new URL('../../dist/browser/', import.meta.url)` for something built. A bundle is another file in another folder,
 * so such addresses are rewritten to what they mean there.
 */
function fileAddresses() {
  const address = /new URL\(\s*'([^']+)'\s*,\s*import\.meta\.url\s*\)/g
  const marker = /"einlass-dist:([^"]*)"/g
  const meant = (path) => {
    const inDist = relative(dist, path)
    if (!inDist.startsWith('..')) return inDist
    const program = relative(source, path)
    return programs.includes(program) ? program.replace(/\.ts$/, '.js') : undefined
  }
  return {
    name: 'file-addresses',
    transform: {
      filter: {
        id: { include: [/[\\/]src[\\/].*\.tsx?$/], exclude: [/[\\/]node_modules[\\/]/] },
        code: 'import.meta.url',
      },
      handler(code, id) {
        const rewritten = code.replace(address, (_, path) => {
          const target = meant(join(dirname(id), path))
          if (target === undefined) this.error(`${path} is neither a program nor in dist/: it would not be found there`)
          const slash = path.endsWith('/') && target !== '' ? '/' : ''
          return `new URL("einlass-dist:${target.split(sep).join('/')}${slash}", import.meta.url)`
        })
        return { code: rewritten, map: null } // the same lines as before
      },
    },
    renderChunk(code, chunk) {
      if (!code.includes('einlass-dist:')) return null
      const up = '../'.repeat(chunk.fileName.split('/').length - 1) || './'
      return { code: code.replace(marker, (_, path) => JSON.stringify(up + path)), map: null }
    },
  }
}

/** A warning is a mistake that has not been noticed yet. */
function refuseWarnings(level, log, handle) {
  if (level === 'warn' && !log.id?.includes('node_modules')) handle('error', log)
}
