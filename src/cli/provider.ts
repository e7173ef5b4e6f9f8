import { parseArgs } from 'node:util'
import { callbackPath } from '#features/federation/index.ts'
import { removeProvider } from '#features/network-link/index.ts'
import { checkProvider, createProviderClient, type Finding, type Preset, presets } from '#features/provider/index.ts'
import { type Command, print, refuse, UsageError, useCaseDeps, withFoundation } from './command.ts'
import { addProvider, addUsage } from './provider-add.ts'
import { findingInWords } from './provider-findings.ts'

const usage = `${addUsage}
einlass provider presets [--json]
einlass provider list [--json]
einlass provider remove <id> [--json]
einlass provider check [<id>] [--json]`

/** Sets up, lists, removes and checks social networks. */
export const provider: Command = async (args) => {
  const [action, ...rest] = args
  if (action === 'add') return addProvider(rest)
  if (action === 'presets') return listPresets(rest)
  if (action === 'list') return list(rest)
  if (action === 'remove') return remove(rest)
  if (action === 'check') return check(rest)
  throw new UsageError(usage)
}

/** What we know about each network without asking it, for an operator who chooses one. */
async function listPresets(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  const rows = Object.entries<Preset>(presets).map(([id, { name, kind, setUpAt, settings }]) => ({
    id,
    name,
    kind,
    set_up_at: setUpAt,
    address: settings.trust.kind === 'never' ? 'claimed' : 'trusted by rule',
  }))
  const width = Math.max(...rows.map(({ id }) => id.length))
  const words = rows.map(({ id, name, set_up_at: url }) => `${id.padEnd(width)}  ${name.padEnd(width)}  ${url}`)
  print(values.json, rows, words.join('\n'))
  return 0
}

async function list(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  return withFoundation(async ({ config, database }) => {
    const providers = (await database.read.providers.list()).map(({ clientSecret: _secret, ...each }) => ({
      ...each,
      redirectUri: config.url.origin + callbackPath(each.id),
    }))
    const words = providers.map((each) => `${each.id}  ${each.name}  ${each.issuer}${each.enabled ? '' : '  (off)'}`)
    print(values.json, providers, words.join('\n') || 'No networks are set up yet.')
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
        ? `${id} has been removed.`
        : `${id} has been switched off. Existing links to it (${links}) are kept in case it is added again with the same issuer.`
    print(json, { removed: id, links_kept: links }, words)
    return 0
  })
}

type Checked = { readonly id: string; readonly ok: boolean; readonly findings: readonly Finding[] }

async function check(args: readonly string[]): Promise<number> {
  const { json, id } = parseId(args)
  return withFoundation(async (foundation) => {
    const all = await foundation.database.read.providers.list()
    const chosen = all.filter((each) => (id === undefined ? each.enabled : each.id === id))
    if (id !== undefined && chosen.length === 0) throw refuse('federation.no-such-network', { id })
    const deps = {
      ...useCaseDeps(foundation),
      providerClient: createProviderClient({ ...foundation, ...foundation.config }),
      redirectUriOf: (each: string) => foundation.config.url.origin + callbackPath(each),
    }
    const checked = await Promise.all(
      chosen.map(async (each): Promise<Checked> => {
        const findings = await checkProvider(deps, each)
        return { id: each.id, ok: findings.every(({ severity }) => severity !== 'error'), findings }
      }),
    )
    print(json, checked, checked.map(inWords).join('\n') || 'No networks are set up yet.')
    return checked.every(({ ok }) => ok) ? 0 : 1
  })
}

function inWords({ id, findings }: Checked): string {
  if (findings.length === 0) return `${id}  ok`
  return findings.map((finding) => `${id}  ${finding.severity}: ${findingInWords(finding)}`).join('\n')
}
