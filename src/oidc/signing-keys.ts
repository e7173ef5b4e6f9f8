import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { day, hour } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { SigningKey, SigningKeyStore } from './signing-key.store.ts'

export type SigningKeyDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly secrets: Secrets
  readonly read: { readonly signingKeys: SigningKeyStore }
  readonly inTransaction: InTransaction<{ readonly signingKeys: SigningKeyStore }>
}

/** ES256 signs; RS256 is there for portals that know nothing else. */
const algorithms = ['ES256', 'RS256'] as const

/** Portals keep a key set for minutes up to an hour: a key is published that long before it signs. */
const publishedBefore = hour
/** ID tokens live an hour, and as hints for signing out they are recognised for a while longer. */
const verifiableFor = 30 * day

async function makeKey(
  deps: SigningKeyDeps,
  algorithm: (typeof algorithms)[number],
  activeAt: number,
): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const id = newId(deps.random)
  const jwk = { ...(await exportJWK(privateKey)), kid: id, alg: algorithm, use: 'sig' }
  return {
    id,
    algorithm,
    privateKey: deps.secrets.encrypt('signing-key', JSON.stringify(jwk)),
    createdAt: deps.clock.now(),
    activeAt,
    retiredAt: null,
  }
}

/** Makes the first keys of a new installation; two nodes that start at once may make two pairs, and both are used. */
export async function ensureSigningKeys(deps: SigningKeyDeps): Promise<void> {
  if ((await deps.read.signingKeys.list()).length > 0) return
  const keys = await Promise.all(algorithms.map((algorithm) => makeKey(deps, algorithm, deps.clock.now())))
  await deps.inTransaction(async ({ signingKeys }) => {
    for (const key of keys) await signingKeys.insert(key)
  })
}

export type Rotation = { readonly keyIds: readonly string[]; readonly activeAt: number; readonly retiredAt: number }

/** Publishes new keys, lets them sign when every portal can know them, and the old ones go when nothing needs them. */
export async function rotateSigningKeys(deps: SigningKeyDeps): Promise<Rotation> {
  const activeAt = deps.clock.now() + publishedBefore
  const retiredAt = activeAt + verifiableFor
  const keys = await Promise.all(algorithms.map((algorithm) => makeKey(deps, algorithm, activeAt)))
  const keyIds = keys.map((key) => key.id)
  await deps.inTransaction(async ({ signingKeys }) => {
    for (const key of keys) await signingKeys.insert(key)
    await signingKeys.retireOthers(keyIds, retiredAt)
  })
  return { keyIds, activeAt, retiredAt }
}

/** The key set for the engine, which signs with the first key of an algorithm: the youngest active one, then the rest. */
export async function engineKeys(deps: SigningKeyDeps): Promise<readonly JWK[]> {
  const now = deps.clock.now()
  const published = (await deps.read.signingKeys.list()).filter((key) => key.retiredAt === null || key.retiredAt > now)
  const active = published.filter((key) => key.activeAt <= now)
  const future = published.filter((key) => key.activeAt > now)
  return [...active, ...future].map((key) => JSON.parse(deps.secrets.decrypt('signing-key', key.privateKey)))
}
