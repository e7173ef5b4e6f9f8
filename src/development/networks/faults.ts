import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { day, hour, second } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import type { Call } from './call.ts'
import { createSigningKey, type SigningKey } from './signing-key.ts'
import { type Answer, json } from './web/index.ts'

/** A misbehaviour of a network, with hooks for the steps of a sign-in. */
export type Fault = {
  /** Changes the claims of the id_token. */
  readonly claims?: (claims: JWTPayload) => JWTPayload
  /** Replaces the signature of the id_token. */
  readonly sign?: (claims: JWTPayload, key: SigningKey) => Promise<string> | string
  /** Replaces the address, possibly with another type. */
  readonly email?: unknown
  /** Changes the claims of the userinfo endpoint. */
  readonly userinfo?: (claims: Record<string, unknown>) => Record<string, unknown>
  /** Changes the parameters of the authorization response. */
  readonly authorizationResponse?: (parameters: URLSearchParams) => void
  /** Changes a response to the relying party's server. */
  readonly answer?: (answer: Answer, call: Call) => Answer
}

const inSeconds = (milliseconds: number) => Math.floor(milliseconds / 1_000)

const shifted = (milliseconds: number) => (claims: JWTPayload) => ({
  ...claims,
  iat: (claims.iat ?? 0) + inSeconds(milliseconds),
  exp: (claims.exp ?? 0) + inSeconds(milliseconds),
})

const withoutNonce = ({ nonce: _, ...claims }: JWTPayload): JWTPayload => claims

/** White space after a JSON text is valid, so only a size limit rejects these bodies. */
function* padded(body: Answer['body'], megabytes: number): Generator<Buffer> {
  yield Buffer.from(body as string)
  const spaces = Buffer.alloc(1024 * 1024, ' ')
  for (let count = 0; count < megabytes; count += 1) yield spaces
}

async function* dripped(body: Answer['body'], call: Call): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(body as string)) {
    if (call.visit.gone.aborted) return
    yield Buffer.of(byte)
    await call.wait(second)
  }
}

/** Duplicates every key of a JSON object: first with another value, then with its own. */
function withDuplicateKeys(body: string): string {
  const twins = Object.keys(JSON.parse(body)).map((key) => `${JSON.stringify(key)}:"the first of two"`)
  return `{${twins.join(',')},${body.slice(1)}`
}

/** The faults that an attacker or a broken network could confront a relying party with. */
export const faults = {
  'wrong-issuer': { claims: (claims) => ({ ...claims, iss: 'https://issuer.invalid' }) },
  'wrong-audience': { claims: (claims) => ({ ...claims, aud: 'another-client' }) },
  'wrong-azp': {
    claims: (claims) => ({ ...claims, aud: [String(claims.aud), 'another-client'], azp: 'another-client' }),
  },
  'wrong-nonce': { claims: (claims) => ({ ...claims, nonce: 'the-nonce-of-somebody-else' }) },
  'missing-nonce': { claims: withoutNonce },
  'authenticated-long-ago': { claims: (claims) => ({ ...claims, auth_time: (claims.iat ?? 0) - inSeconds(hour) }) },
  expired: { claims: shifted(-2 * hour) },
  'issued-in-future': { claims: shifted(day) },
  'algorithm-none': { sign: (claims) => new UnsecuredJWT(claims).encode() },
  'hs256-with-public-key': {
    sign: (claims, key) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: key.publicJwk.kid as string })
        .sign(new TextEncoder().encode(key.publicPem)),
  },
  'unknown-key': { sign: async (claims) => (await createSigningKey(systemRandom)).sign(claims) },
  'userinfo-other-subject': { userinfo: (claims) => ({ ...claims, sub: 'somebody-else' }) },
  'foreign-iss-parameter': {
    authorizationResponse: (parameters) => parameters.set('iss', 'https://issuer.invalid'),
  },
  'missing-iss-parameter': { authorizationResponse: (parameters) => parameters.delete('iss') },
  'huge-body': { answer: (answer) => ({ ...answer, body: Readable.from(padded(answer.body, 10)) }) },
  'gzip-bomb': {
    answer: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-encoding': 'gzip' },
      body: Readable.from(padded(answer.body, 100)).pipe(createGzip()),
    }),
  },
  'slow-drip': { answer: (answer, call) => ({ ...answer, body: Readable.from(dripped(answer.body, call)) }) },
  'redirect-loop': {
    answer: (_answer, call) => ({ status: 307, headers: { location: call.visit.url.href }, body: '' }),
  },
  'duplicate-json-keys': { answer: (answer) => ({ ...answer, body: withDuplicateKeys(answer.body as string) }) },
  'email-not-a-string': { email: 42 },
  'email-array': { email: ['first@example.org', 'second@example.org'] },
  'email-crlf': { email: 'victim@example.org\r\nBcc: attacker@example.org' },
  'error-200': {
    answer: (answer, call) => (call.endpoint === 'token' ? json(200, { error: 'bad_verification_code' }) : answer),
  },
  'no-tokens': { answer: (answer, call) => (call.endpoint === 'token' ? json(500, {}) : answer) },
  'stumbles-over-codes': {
    answer: (answer, call) => (call.endpoint === 'token' && answer.status === 400 ? json(500, {}) : answer),
  },
} satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as [FaultName, ...FaultName[]]

/** Whether the fault concerns the id_token or userinfo, which a plain OAuth 2 network does not have. */
export function needsOpenIdConnect(name: FaultName): boolean {
  const fault: Fault = faults[name]
  return Boolean(fault.claims ?? fault.sign ?? fault.userinfo)
}
