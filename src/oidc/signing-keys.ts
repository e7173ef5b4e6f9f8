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

/** ES256 is the default; RS256 is for portals that support nothing else. */
const algorithms = ['ES256', 'RS256'] as const

/** Portals cache the key set for up to an hour, so a key is published that long before it signs. */
const publishedBeforeUse = hour
/** ID tokens live for an hour, but portals send them as `id_token_hint` for much longer. */
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

/** Creates the first keys of a new installation. Two nodes that start at once may create two sets; both work. */
export async function ensureSigningKeys(deps: SigningKeyDeps): Promise<void> {
  if ((await deps.read.signingKeys.list()).length > 0) return
  const keys = await Promise.all(algorithms.map((algorithm) => makeKey(deps, algorithm, deps.clock.now())))
  await deps.inTransaction(async ({ signingKeys }) => {
    for (const key of keys) await signingKeys.insert(key)
  })
}

export type Rotation = { readonly keyIds: readonly string[]; readonly activeAt: number; readonly retiredAt: number }

/** Publishes new keys at once, and schedules when they start to sign and when the old ones stop being published. */
export async function rotateSigningKeys(deps: SigningKeyDeps): Promise<Rotation> {
  const activeAt = deps.clock.now() + publishedBeforeUse
  const retiredAt = activeAt + verifiableFor
  const keys = await Promise.all(algorithms.map((algorithm) => makeKey(deps, algorithm, activeAt)))
  const keyIds = keys.map((key) => key.id)
  await deps.inTransaction(async ({ signingKeys }) => {
    for (const key of keys) await signingKeys.insert(key)
    await signingKeys.retireOthers(keyIds, retiredAt)
  })
  return { keyIds, activeAt, retiredAt }
}

/** The key set. The engine signs with the first key of an algorithm, so active keys come first, the newest in front. */
export async function engineKeys(deps: SigningKeyDeps): Promise<readonly JWK[]> {
  const now = deps.clock.now()
  const published = (await deps.read.signingKeys.list()).filter((key) => key.retiredAt === null || key.retiredAt > now)
  const active = published.filter((key) => key.activeAt <= now)
  const future = published.filter((key) => key.activeAt > now)
  return [...active, ...future].map((key) => JSON.parse(deps.secrets.decrypt('signing-key', key.privateKey)))
}
