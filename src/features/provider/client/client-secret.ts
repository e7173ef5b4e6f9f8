import { importPKCS8, SignJWT } from 'jose'
import type { Clock } from '#kernel/clock.ts'
import { minute, second } from '#kernel/duration.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

const lifetime = 5 * minute
/** So much of it must be left for the conversation that begins now. */
const reserve = minute

type SignedSecret = { readonly secret: string; readonly until: number }

/** What is the secret at this moment: the one that was set up, or one signed with it. */
export type CurrentClientSecret = (provider: Provider, stored: string) => Promise<string>

/**
 * Signs secrets where a network wants them signed: Apple's "Creating a client secret", an ES256 JWT whose life may be
 * six months and is five minutes here.
 */
export function createClientSecrets(clock: Clock): CurrentClientSecret {
  // By the stored key, which is encrypted: a new one makes a new secret.
  const kept = new Map<string, SignedSecret>()
  return async (provider, stored) => {
    if (!provider.settings.signedSecret) return stored
    const known = kept.get(provider.clientSecret)
    if (known && known.until - clock.now() > reserve) return known.secret
    const until = clock.now() + lifetime
    const secret = await sign(provider, stored, clock.now(), until).catch((error: unknown) => {
      throw new ProviderError('refused', error)
    })
    kept.set(provider.clientSecret, { secret, until })
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

/** Whether it can sign at all. */
export async function isSigningKey(text: string): Promise<boolean> {
  return importPKCS8(text, 'ES256').then(
    () => true,
    () => false,
  )
}
