import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { callbackPath } from '#features/federation/index.ts'
import { type NewProvider, type Preset, presets, registerProvider } from '#features/provider/index.ts'
import { print, refuse, UsageError, useCaseDeps, withFoundation } from './command.ts'

const names = Object.keys(presets).join(', ')

export const addUsage = `einlass provider add --preset <network> --client-id <id> --client-secret-file <file, - for standard input>
    [--id <id>] [--name <name>] [--secret-expires <2027-01-31>] [--link-only] [--json]
    apple also needs --team-id <id> --key-id <id>, and its .p8 file as --client-secret-file
    networks: ${names.replace(/(.{60,80}?), /g, '$1,\n      ')}
einlass provider add --kind oidc --id <id> --name <name> --issuer <address> --client-id <id> --client-secret-file <file>
    [--scope <scope> …] [--trusted-domain <domain> …] [--secret-expires <2027-01-31>] [--link-only]
    [--json]
einlass provider add --kind oauth2 --id <id> --name <name> --authorization <address> --token <address> --user <address>
    --subject-path <path> [--name-path <path>] [--email-path <path>] [--scope <scope> …] [--client-auth basic|post]
    [--issuer <address>] --client-id <id> --client-secret-file <file> [--secret-expires <2027-01-31>] [--link-only]
    [--json]
--link-only: people can link it to their profile, but cannot sign in with it`

const usageError = (reason: string) => new UsageError(`${reason}\n\n${addUsage}`)

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
      'secret-expires': text,
      'team-id': text,
      'key-id': text,
      scope: texts,
      'trusted-domain': texts,
      'link-only': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  }).values
}

type Values = ReturnType<typeof parseAdd>

/** Sets up a social network, either from a preset or any that supports OpenID Connect or OAuth 2. */
export async function addProvider(args: readonly string[]): Promise<number> {
  const values = parseAdd(args)
  const secretExpiresAt = readDate(values['secret-expires'])
  const described = describe(values)
  const added: NewProvider = {
    ...described,
    ...(values['link-only'] && { settings: { ...described.settings, linkOnly: true } }),
    clientId: required(values, 'client-id')[0],
    clientSecret: readSecret(values),
    ...(secretExpiresAt !== undefined && { secretExpiresAt }),
  }
  return withFoundation(async (foundation) => {
    await registerProvider(useCaseDeps(foundation), added)
    const { id, name, issuer } = added
    const redirectUri = foundation.config.url.origin + callbackPath(id)
    const setUpAt = chosenPreset(values)?.setUpAt
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
  const preset = chosenPreset(values)
  if (preset) return describePreset(preset, values)
  if (values.kind === 'oidc') return describeIssuer(values)
  if (values.kind === 'oauth2') return describeEndpoints(values)
  throw usageError(
    values.kind === undefined ? '--preset or --kind is missing' : `--kind ${values.kind} is neither oidc nor oauth2`,
  )
}

function chosenPreset({ preset }: Values): Preset | undefined {
  if (preset === undefined) return undefined
  if (!Object.hasOwn(presets, preset)) throw usageError(`there is no preset for ${preset}`)
  return presets[preset as keyof typeof presets]
}

type TextOption = 'id' | 'name' | 'issuer' | 'authorization' | 'token' | 'user' | 'subject-path' | 'client-id'

/** Values of required options. Reports all missing ones at once. */
function required<const Names extends readonly TextOption[]>(values: Values, ...names: Names) {
  const missing = names.filter((name) => !values[name])
  if (missing.length > 0) throw usageError(missing.map((name) => `--${name} is missing`).join('\n'))
  return names.map((name) => values[name]) as { [Index in keyof Names]: string }
}

function describePreset(preset: Preset, values: Values): Described {
  const { kind, logo, issuer, settings, signsSecret } = preset
  const { 'team-id': teamId, 'key-id': keyId } = values
  if (signsSecret && !(teamId && keyId)) throw usageError(`${values.preset} needs --team-id and --key-id`)
  return {
    id: values.id ?? values.preset ?? logo,
    name: values.name ?? preset.name,
    kind,
    logo,
    issuer,
    settings: { ...settings, ...(signsSecret && teamId && keyId && { signedSecret: { teamId, keyId } }) },
  }
}

function describeIssuer(values: Values): Described {
  const [id, name, issuer] = required(values, 'id', 'name', 'issuer')
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
  const [id, name, authorization, token] = required(values, 'id', 'name', 'authorization', 'token')
  const [user, subject] = required(values, 'user', 'subject-path')
  const { 'client-auth': auth = 'basic' } = values
  if (auth !== 'basic' && auth !== 'post') throw usageError(`--client-auth ${auth} is neither basic nor post`)
  const email = values['email-path']
  return {
    id,
    name,
    kind: 'oauth2',
    logo: id,
    issuer: values.issuer ?? URL.parse(authorization)?.origin ?? authorization,
    settings: {
      scopes: values.scope ?? [],
      trust: { kind: 'never' },
      endpoints: { authorization, token, user },
      mapping: { subject, name: values['name-path'] ?? 'name', ...(email !== undefined && { email }) },
      clientAuthentication: `client_secret_${auth}`,
    },
  }
}

/** Reads the secret from a file or standard input, since every user of the machine can see command lines. */
function readSecret(values: Values): string {
  const file = values['client-secret-file']
  if (file === undefined) throw usageError('--client-secret-file is missing')
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').trim()
  } catch {
    throw refuse('command.no-file', { file })
  }
}

/** @returns the start of that day, UTC */
function readDate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new UsageError('--secret-expires must look like 2027-01-31')
  return at
}
