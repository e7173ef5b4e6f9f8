import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import type { Random } from '#kernel/random.ts'

export const signingAlgorithm = 'ES256'

export type SigningKey = {
  readonly publicJwk: JWK
  readonly publicPem: string
  readonly sign: (claims: JWTPayload) => Promise<string>
}

export async function createSigningKey(random: Random): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm)
  const kid = random.bytes(8).toString('hex')
  return {
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: signingAlgorithm, use: 'sig' },
    publicPem: await exportSPKI(publicKey),
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: signingAlgorithm, kid }).sign(privateKey),
  }
}
