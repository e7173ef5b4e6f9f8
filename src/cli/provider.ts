import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { callbackPath, removeProvider } from '../features/federation/index.ts'
import {
  createNetworkClient,
  type NetworkClient,
  NetworkTrouble,
  type NewProvider,
  type Provider,
  presets,
  registerProvider,
} from '../features/provider/index.ts'
import { type Command, print, refuse, UsageError, useCaseDeps, withFoundation } from './command.ts'

const usage = `einlass provider add --preset ${Object.keys(presets).join('|')} --client-id <id> --client-secret-file <file, - for standard input>
    [--id <id>] [--name <name>] [--json]
einlass provider add --kind oidc --id <id> --name <name> --issuer <address> --client-id <id> --client-secret-file <file>
    [--scope <scope> …] [--trusted-domain <domain> …] [--json]
einlass provider add --kind oauth2 --id <id> --name <name> --authorization <address> --token <address> --user <address>
    --subject-path <path> [--name-path <path>] [--email-path <path>] [--scope <scope> …] [--client-auth basic|post]
    --client-id <id> --client-secret-file <file> [--json]
einlass provider list [--json]
einlass provider remove <id> [--json]
einlass provider check [<id>] [--json]`

/** Sets social networks up, lists, removes and checks them. */
export const provider: Command = async (args) => {
  const [action, ...rest] = args
  if (action === 'add') return add(rest)
  if (action === 'list') return list(rest)
  if (action === 'remove') return remove(rest)
  if (action === 'check') return check(rest)
  throw new UsageError(usage)
}

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

function parseAdd(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      preset: text,
      kind: text,
      id: text,
      name: text,
      issuer: text,
      authorization: text,
      token: text,
      user: text,
      'subject-path': text,
      'name-path': text,
      'email-path': text,
      'client-auth': text,
      'client-id': text,
      'client-secret-file': text,
      scope: texts,
      'trusted-domain': texts,
      json: { type: 'boolean', default: false },
    },
  }).values
}

type Values = ReturnType<typeof parseAdd>

async function add(args: readonly string[]): Promise<number> {
  const values = parseAdd(args)
  const described = describe(values)
  const added: NewProvider = { ...described, clientId: values['client-id'] ?? '', clientSecret: readSecret(values) }
  return withFoundation(async (foundation) => {
    await registerProvider(useCaseDeps(foundation), added)
    const { id, name, issuer } = added
    const redirectUri = foundation.config.url.origin + callbackPath(id)
    const setUpAt = presetOf(values)?.setUpAt
    print(
      values.json,
      { id, name, issuer, redirect_uri: redirectUri, ...(setUpAt && { set_up_at: setUpAt }) },
      `${name} is set up as ${id}.\nRegister this redirect URI there${setUpAt ? ` (${setUpAt})` : ''}:\n  ${redirectUri}`,
    )
    return 0
  })
}

type Described = Omit<NewProvider, 'clientId' | 'clientSecret'>

function describe(values: Values): Described {
  const preset = presetOf(values)
  if (preset) {
    const { kind, logo, issuer, settings } = preset
    return { id: values.id ?? values.preset ?? logo, name: values.name ?? preset.name, kind, logo, issuer, settings }
  }
  if (values.kind === 'oidc') return describeIssuer(values)
  if (values.kind === 'oauth2') return describeEndpoints(values)
  throw new UsageError(usage)
}

function presetOf({ preset }: Values) {
  if (preset === undefined) return undefined
  if (!Object.hasOwn(presets, preset)) throw new UsageError(usage)
  return presets[preset as keyof typeof presets]
}

function describeIssuer(values: Values): Described {
  const { id, name, issuer } = values
  if (id === undefined || name === undefined || issuer === undefined) throw new UsageError(usage)
  const domains = (values['trusted-domain'] ?? []).map((domain) => domain.toLowerCase())
  return {
    id,
    name,
    kind: 'oidc',
    logo: id,
    issuer,
    settings: {
      scopes: ['openid', ...(values.scope ?? ['email', 'profile']).filter((scope) => scope !== 'openid')],
      trust: domains.length > 0 ? { kind: 'domains', domains } : { kind: 'never' },
    },
  }
}

function describeEndpoints(values: Values): Described {
  const { id, name, authorization, token, user, 'subject-path': subject, 'client-auth': auth = 'basic' } = values
  if (!id || !name || !authorization || !token || !user || !subject) throw new UsageError(usage)
  if (auth !== 'basic' && auth !== 'post') throw new UsageError(usage)
  const email = values['email-path']
  return {
    id,
    name,
    kind: 'oauth2',
    logo: id,
    issuer: URL.parse(authorization)?.origin ?? authorization,
    settings: {
      scopes: values.scope ?? [],
      trust: { kind: 'never' },
      endpoints: { authorization, token, user },
      mapping: { subject, name: values['name-path'] ?? 'name', ...(email !== undefined && { email }) },
      clientAuthentication: `client_secret_${auth}`,
    },
  }
}

/** From a file or standard input: on the command line everybody on the machine could read it. */
function readSecret(values: Values): string {
  const file = values['client-secret-file']
  if (file === undefined) throw new UsageError(usage)
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').trim()
  } catch {
    throw refuse('command.no-file', { file })
  }
}

async function list(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  return withFoundation(async ({ config, database }) => {
    const providers = (await database.read.providers.list()).map(({ clientSecret: _secret, ...each }) => ({
      ...each,
      redirectUri: config.url.origin + callbackPath(each.id),
    }))
    const words = providers.map((each) => `${each.id}  ${each.name}  ${each.issuer}${each.enabled ? '' : '  (off)'}`)
    print(values.json, providers, words.join('\n') || 'No network is set up yet.')
    return 0
  })
}

function parseId(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  if (positionals.length > 1) throw new UsageError(usage)
  return { json: values.json, id: positionals[0] }
}

async function remove(args: readonly string[]): Promise<number> {
  const { json, id } = parseId(args)
  if (id === undefined) throw new UsageError(usage)
  return withFoundation(async (foundation) => {
    const links = await removeProvider(useCaseDeps(foundation), id)
    const words =
      links === 0
        ? `${id} is removed.`
        : `${id} is switched off. ${links} links to it are kept, in case it is added again with the same issuer.`
    print(json, { removed: id, links_kept: links }, words)
    return 0
  })
}

type Checked = { readonly id: string; readonly ok: boolean; readonly failure?: string; readonly reason?: string }

async function check(args: readonly string[]): Promise<number> {
  const { json, id } = parseId(args)
  return withFoundation(async (foundation) => {
    const all = await foundation.database.read.providers.list()
    const chosen = all.filter((each) => (id === undefined ? each.enabled : each.id === id))
    if (id !== undefined && chosen.length === 0) throw refuse('federation.no-such-network', { id })
    const client = createNetworkClient(foundation)
    const origin = foundation.config.url.origin
    const checked = await Promise.all(chosen.map((each) => checkOne(client, each, origin + callbackPath(each.id))))
    print(json, checked, checked.map(inWords).join('\n') || 'No network is set up yet.')
    return checked.every(({ ok }) => ok) ? 0 : 1
  })
}

async function checkOne(client: NetworkClient, provider: Provider, redirectUri: string): Promise<Checked> {
  const { id } = provider
  try {
    await client.check(provider, redirectUri)
    return { id, ok: true }
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error
    const reason = error.cause instanceof Error ? error.cause.message : ''
    return { id, ok: false, failure: error.failure, reason }
  }
}

const failures: Readonly<Partial<Record<string, string>>> = {
  refused: 'it does not accept our client id or secret',
  unreachable: 'it cannot be reached from here',
  slow: 'it did not answer in time',
  nonsense: 'its answer cannot be understood',
  error: 'it reports a fault of its own',
}

function inWords({ id, ok, failure = '', reason }: Checked): string {
  return ok ? `${id}  fine` : `${id}  ${failures[failure] ?? failure} (${reason})`
}
