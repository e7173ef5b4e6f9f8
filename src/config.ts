import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { parseEmailAddress } from '#features/account/index.ts'

/** All settings, checked and frozen. */
export type Config = Readonly<{
  /** Public address; the issuer of the tokens. Without a trailing slash. */
  url: URL
  port: number
  /** Address to listen on. */
  listen: string
  database: string
  smtp: string | undefined
  mailFrom: string
  disclosure: 'guided' | 'private'
  secretFile: string
  development: boolean
  trustedProxies: readonly string[]
  /** Ranges besides the public ones that the server may connect to, as CIDR: an own identity provider, in development this machine. */
  outboundRanges: readonly string[]
  logLevel: string
  /** Bearer token for the metrics; without it they are for development alone. */
  metricsToken: string | undefined
  /** What is read but should be changed, a sentence each. */
  warnings: readonly string[]
}>

/** Everything that is wrong with a configuration, at once. */
export class ConfigurationFault extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'an error' : `${faults.length} errors`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
    this.name = 'ConfigurationFault'
    this.faults = faults
  }
}

const truth = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], { error: 'must be true or false' })
  .transform((text) => ['true', '1', 'yes'].includes(text))

const address = z.string().refine((text) => parseEmailAddress(text) !== undefined, 'must be one plain e-mail address')

const smtp = z.string().refine((text) => {
  const url = URL.parse(text)
  return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname !== ''
}, 'must look like smtp://user:password@mail.example:587 or smtps://…')

const database = z
  .string()
  .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:<path> or postgres://user:password@host/database')

const proxies = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((entries) => entries.every(isNetwork), 'must be addresses or networks such as 10.0.0.0/8, or loopback')

const ranges = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine(
    (entries) => entries.every((entry) => entry.includes('/') && isNetwork(entry)),
    'must be networks such as 10.0.0.0/8',
  )

const settings = z.object({
  EINLASS_URL: z
    .string()
    .refine(
      (text) => isBaseUrl(text),
      'must be an http or https address without a path, such as https://id.example.org',
    )
    .optional(),
  EINLASS_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port < 65_536, 'must be a port number')
    .default(8080),
  EINLASS_LISTEN: z.string().optional(),
  EINLASS_DATABASE: database.optional(),
  EINLASS_SMTP: smtp.optional(),
  EINLASS_MAIL_FROM: address.optional(),
  EINLASS_DISCLOSURE: z.enum(['guided', 'private'], { error: 'must be guided or private' }).default('guided'),
  EINLASS_SECRET_FILE: z.string().min(1, 'must be a path').optional(),
  EINLASS_DEVELOPMENT: truth.default(false),
  EINLASS_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have 16 characters or more, without spaces')
    .optional(),
  EINLASS_TRUSTED_PROXIES: proxies.default([]),
  EINLASS_OUTBOUND_RANGES: ranges.optional(),
  EINLASS_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' })
    .optional(),
})

type Settings = z.infer<typeof settings>

/** Old names are read with a warning for one version. */
const renamed: Readonly<Record<string, keyof Settings>> = { EINLASS_PRIVATE_NETWORKS: 'EINLASS_OUTBOUND_RANGES' }

const thisMachine = ['127.0.0.0/8', '::1/128']
const defaultFile = './data/einlass.db'

function isBaseUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  return url.href === `${url.origin}/`
}

/** What proxy-addr takes. A prefix of 0 would believe everybody. */
function isNetwork(text: string): boolean {
  if (text === 'loopback' || text === 'linklocal' || text === 'uniquelocal') return true
  const [address = '', prefix, ...more] = text.split('/')
  const bits = { 4: 32, 6: 128 }[isIP(address)] ?? 0
  if (prefix === undefined) return bits > 0
  return more.length === 0 && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits
}

const loopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * Reads `EINLASS_*` from the environment over the YAML file named by `EINLASS_CONFIG`, for a server: complete, or not
 * at all.
 * @throws ConfigurationFault with all faults
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return read(environment, incompleteness)
}

/**
 * The same for a command beside the server, which needs no more than the storage: the one that is named, or the one
 * that development made here.
 * @throws ConfigurationFault with all faults
 */
export function readCommandConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const config = read(environment, (given) => {
    if (given.EINLASS_DATABASE || existsSync(defaultFile)) return []
    return ['EINLASS_DATABASE: is missing, and there is no database in ./data: sqlite:<path> or postgres://…']
  })
  // The caller is on this machine already and may connect to what runs here, such as development's networks.
  return Object.freeze({ ...config, outboundRanges: [...config.outboundRanges, ...thisMachine] })
}

function read(environment: NodeJS.ProcessEnv, lacks: (given: Settings) => readonly string[]): Config {
  const faults: string[] = []
  const { given, warnings } = withNewNames({ ...fromFile(environment.EINLASS_CONFIG, faults), ...ours(environment) })
  for (const name of Object.keys(given)) {
    if (!(name in settings.shape)) faults.push(`${name}: no such setting${didYouMean(name)}`)
  }
  const parsed = settings.safeParse(given)
  const wrong = new Set(parsed.error?.issues.map((issue) => String(issue.path[0])))
  for (const issue of parsed.error?.issues ?? []) faults.push(`${issue.path.join('.')}: ${issue.message}`)
  // The settings that are right tell what else is missing, so that one start finds every fault.
  const usable = parsed.data ?? settings.parse(without(given, wrong))
  faults.push(...lacks(usable).filter((fault) => !wrong.has(fault.slice(0, fault.indexOf(':')))))
  if (faults.length > 0) throw new ConfigurationFault(faults)
  return complete(usable, warnings)
}

/** A setting that is given under both names counts under the new one. */
function withNewNames(found: Record<string, string>) {
  const old = Object.keys(found).filter((name) => Object.hasOwn(renamed, name))
  const given = without(found, new Set(old))
  for (const name of old) given[renamed[name] ?? name] ??= found[name] ?? ''
  return {
    given,
    warnings: old.map((name) => `${name} is now called ${renamed[name]}. The next version will no longer read it.`),
  }
}

function without(given: Record<string, string>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)))
}

function ours(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('EINLASS_') && name !== 'EINLASS_CONFIG' && value !== '',
  )
  return Object.fromEntries(entries) as Record<string, string>
}

/** The file names the settings like the environment does, or in short: `url:` for `EINLASS_URL`. */
function fromFile(file: string | undefined, faults: string[]): Record<string, string> {
  if (!file) return {}
  try {
    const content: unknown = parseYaml(readFileSync(file, 'utf8'))
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw new Error('it must contain names and values')
    }
    const entries = Object.entries(content).map(([name, value]) => [
      name.startsWith('EINLASS_') ? name : `EINLASS_${name.replaceAll('-', '_').toUpperCase()}`,
      Array.isArray(value) ? value.join(',') : String(value),
    ])
    return Object.fromEntries(entries)
  } catch (error) {
    faults.push(`EINLASS_CONFIG: ${file} can't be read: ${error instanceof Error ? error.message : error}`)
    return {}
  }
}

function didYouMean(name: string): string {
  const near = Object.keys(settings.shape).find((known) => known.includes(name.slice(8, 13)))
  return near ? `; did you mean ${near}?` : ''
}

function incompleteness(given: Settings): string[] {
  const faults: string[] = []
  const url = given.EINLASS_URL === undefined ? undefined : new URL(given.EINLASS_URL)
  if (given.EINLASS_DEVELOPMENT) {
    if (url?.protocol === 'https:' && !loopback.test(url.hostname)) {
      faults.push(
        'EINLASS_DEVELOPMENT: must be off when EINLASS_URL is https and public, since it lets anyone read all mail',
      )
    }
    return faults
  }
  if (!url) faults.push('EINLASS_URL: is missing: the public address, such as https://id.example.org')
  if (url?.protocol === 'http:' && !loopback.test(url.hostname)) {
    faults.push('EINLASS_URL: must be https unless it is a loopback address')
  }
  if (!given.EINLASS_DATABASE) faults.push('EINLASS_DATABASE: is missing: sqlite:<path> or postgres://…')
  if (!given.EINLASS_SMTP)
    faults.push('EINLASS_SMTP: is missing: without mail no one can sign up or recover an account')
  if (!given.EINLASS_MAIL_FROM) faults.push('EINLASS_MAIL_FROM: is missing: the sender of all e-mails')
  if (!given.EINLASS_SECRET_FILE) faults.push('EINLASS_SECRET_FILE: is missing: the file with the master key')
  return faults
}

function complete(given: Settings, warnings: readonly string[]): Config {
  const port = given.EINLASS_PORT
  const development = given.EINLASS_DEVELOPMENT
  return Object.freeze({
    url: new URL(given.EINLASS_URL ?? `http://localhost:${port}`),
    port,
    listen: given.EINLASS_LISTEN ?? (development ? 'localhost' : '0.0.0.0'),
    database: given.EINLASS_DATABASE ?? `sqlite:${defaultFile}`,
    smtp: given.EINLASS_SMTP,
    mailFrom: given.EINLASS_MAIL_FROM ?? 'einlass@einlass.localhost',
    disclosure: given.EINLASS_DISCLOSURE,
    secretFile: given.EINLASS_SECRET_FILE ?? './data/secret',
    development,
    metricsToken: given.EINLASS_METRICS_TOKEN,
    trustedProxies: given.EINLASS_TRUSTED_PROXIES,
    outboundRanges: given.EINLASS_OUTBOUND_RANGES ?? (development ? thisMachine : []),
    logLevel: given.EINLASS_LOG_LEVEL ?? (development ? 'warn' : 'info'),
    warnings,
  })
}
