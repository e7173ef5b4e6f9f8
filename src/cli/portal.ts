import { parseArgs } from 'node:util'
import { type NewPortal, type Portal, type PortalAccess, registerPortal, removePortal } from '#features/portal/index.ts'
import { type Command, print, refuse, UsageError, useCaseDeps, withFoundation } from './command.ts'

const usage = `einlass portal add --id <id> --name <name> --redirect-uri <address> [--redirect-uri …]
    [--post-logout-redirect-uri <address> …] [--backchannel-logout-uri <address>] [--start-uri <address>]
    [--logo-uri <address>] [--colour <#rrggbb>] [--mail-domain <domain> …] [--json]
einlass portal list [--json]
einlass portal remove <id> [--json]`

/** Registers, lists and removes portals. */
export const portal: Command = async (args) => {
  const [action, ...rest] = args
  if (action === 'add') return add(rest)
  if (action === 'list') return list(rest)
  if (action === 'remove') return remove(rest)
  throw new UsageError(usage)
}

async function add(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true },
      'post-logout-redirect-uri': { type: 'string', multiple: true },
      'backchannel-logout-uri': { type: 'string' },
      'start-uri': { type: 'string' },
      'logo-uri': { type: 'string' },
      colour: { type: 'string' },
      'mail-domain': { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  })
  const { id, name } = values
  const redirectUris = values['redirect-uri'] ?? []
  if (id === undefined || name === undefined || redirectUris[0] === undefined) throw new UsageError(usage)
  const added: NewPortal = {
    id,
    name,
    redirectUris,
    postLogoutRedirectUris: values['post-logout-redirect-uri'] ?? [],
    backchannelLogoutUri: values['backchannel-logout-uri'] ?? null,
    startUri: values['start-uri'] ?? URL.parse(redirectUris[0])?.origin ?? redirectUris[0],
    logoUri: values['logo-uri'] ?? null,
    colour: values.colour ?? null,
    access: accessFor(values['mail-domain']),
  }
  return withFoundation(async (foundation) => {
    const secret = await registerPortal(useCaseDeps(foundation), added)
    const issuer = foundation.config.url.origin
    print(
      values.json,
      { client_id: id, client_secret: secret, issuer, redirect_uris: redirectUris },
      `Portal ${name} is registered.\n  issuer         ${issuer}\n  client_id      ${id}\n  client_secret  ${secret}\nThe secret will not be shown again.`,
    )
    return 0
  })
}

function accessFor(domains: readonly string[] | undefined): PortalAccess {
  if (!domains || domains.length === 0) return { kind: 'everybody' }
  return { kind: 'mail-domains', domains: domains.map((domain) => domain.toLowerCase()) }
}

async function list(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } })
  return withFoundation(async ({ database }) => {
    const portals = await database.read.portals.list()
    const words = portals.map((each) => `${each.id}  ${each.name}  ${each.redirectUris.join(' ')}`).join('\n')
    print(values.json, portals.map(withoutSecret), words || 'No portals are registered yet.')
    return 0
  })
}

function withoutSecret({ clientSecret: _secret, ...portal }: Portal) {
  return portal
}

async function remove(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [id] = positionals
  if (id === undefined || positionals.length > 1) throw new UsageError(usage)
  return withFoundation(async (foundation) => {
    if (!(await removePortal(useCaseDeps(foundation), id))) throw refuse('command.no-portal', { id })
    print(values.json, { removed: id }, `Portal ${id} has been removed. No one can sign in there any more.`)
    return 0
  })
}
