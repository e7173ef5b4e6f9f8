import { UniqueConflict } from '#database/constraint.ts'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { problems } from '#kernel/problem.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { PortalStore } from './portal.store.ts'
import type { Portal } from './portal.ts'

const portalProblem = problems({
  'portal.id-malformed': 'invalid',
  'portal.id-taken': 'conflict',
  'portal.name-missing': 'invalid',
  'portal.address-malformed': 'invalid',
  'portal.redirect-missing': 'invalid',
  'portal.colour-malformed': 'invalid',
  'portal.domain-malformed': 'invalid',
})

export type RegisterPortalDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly secrets: Secrets
  readonly inTransaction: InTransaction<{ readonly portals: PortalStore }>
}

export type NewPortal = Omit<Portal, 'clientSecret' | 'createdAt'>

/**
 * Registers a portal.
 * @returns the client secret, which cannot be read again
 * @throws Problem that names the invalid field
 */
export async function registerPortal(deps: RegisterPortalDeps, portal: NewPortal): Promise<string> {
  check(portal)
  const secret = deps.random.bytes(32).toString('base64url')
  const row: Portal = {
    ...portal,
    clientSecret: deps.secrets.encrypt('client-secret', secret),
    createdAt: deps.clock.now(),
  }
  await deps.inTransaction(async ({ portals }) => {
    await portals.insert(row).catch((error: unknown) => {
      throw error instanceof UniqueConflict ? portalProblem('portal.id-taken', { params: { id: portal.id } }) : error
    })
  })
  return secret
}

function check(portal: NewPortal): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(portal.id))
    throw portalProblem('portal.id-malformed', { params: { id: portal.id } })
  if (portal.name.trim() === '' || portal.name.length > 100) throw portalProblem('portal.name-missing')
  if (portal.redirectUris.length === 0) throw portalProblem('portal.redirect-missing')
  const addresses = [
    ...portal.redirectUris,
    ...portal.postLogoutRedirectUris,
    portal.startUri,
    ...(portal.backchannelLogoutUri ? [portal.backchannelLogoutUri] : []),
    ...(portal.logoUri ? [portal.logoUri] : []),
  ]
  for (const address of addresses) {
    if (!isPortalAddress(address)) throw portalProblem('portal.address-malformed', { params: { address } })
  }
  if (portal.colour !== null && !/^#[0-9a-f]{6}$/i.test(portal.colour)) throw portalProblem('portal.colour-malformed')
  const domains = portal.access.kind === 'mail-domains' ? portal.access.domains : []
  const malformed = domains.find((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
  if (malformed !== undefined) throw portalProblem('portal.domain-malformed', { params: { domain: malformed } })
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** https, or http on loopback; no credentials, no fragment (RFC 9700, 2.1). */
function isPortalAddress(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.hash || /[\s\p{Cc}*]/u.test(text)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))
}
