import { importPKCS8, SignJWT } from 'jose'
import type { Clock } from '#kernel/clock.ts'
import { minute, second } from '#kernel/duration.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

const lifetime = 5 * minute
/** Minimum remaining lifetime of a cached secret. */
const reserve = minute

type SignedSecret = { readonly secret: string; readonly until: number }

/** The client secret to send now: the stored one, or one signed with it. */
export type CurrentClientSecret = (provider: Provider, stored: string) => Promise<string>

/**
 * Signs client secrets for providers that require it (Apple, "Creating a client secret"): an ES256 JWT that may live
 * for six months, and lives for five minutes here. Signed secrets are cached.
 */
export function createClientSecrets(clock: Clock): CurrentClientSecret {
  // Keyed by the encrypted signing key, so that a new key invalidates the secret.
  const cache = new Map<string, SignedSecret>()
  return async (provider, stored) => {
    if (!provider.settings.signedSecret) return stored
    const cached = cache.get(provider.clientSecret)
    if (cached && cached.until - clock.now() > reserve) return cached.secret
    const until = clock.now() + lifetime
    const secret = await sign(provider, stored, clock.now(), until).catch((error: unknown) => {
      throw new ProviderError('refused', error)
    })
    cache.set(provider.clientSecret, { secret, until })
    return secret
  }
}

async function sign({ issuer, clientId, settings }: Provider, key: string, from: number, until: number) {
  const { teamId = '', keyId = '' } = settings.signedSecret ?? {}
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt(Math.floor(from / second))
    .setExpirationTime(Math.floor(until / second))
    .sign(await importPKCS8(key, 'ES256'))
}

/** Whether the text is a private key that can sign. */
export async function isSigningKey(text: string): Promise<boolean> {
  return importPKCS8(text, 'ES256').then(
    () => true,
    () => false,
  )
}
