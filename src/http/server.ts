import { createServer as createHttpServer } from 'node:http'
import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { second } from '#kernel/duration.ts'
import { newReference } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import type { Cookies } from './cookies.ts'
import { type Csrf, isSameOrigin } from './csrf.ts'
import { type FastPath, withFastPath } from './fast-path.ts'
import { type FormFields, httpProblem, longestForm, parseForm, textField } from './form.ts'
import { setSecurityHeaders } from './headers.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False where other origins may post on purpose. The route then authenticates the request by other means. */
    csrf?: boolean
    /** Its forms carry their own proof, such as a password, and gain nothing from a session. */
    provesItself?: boolean
    /** Accepts any Host header: health checks use the IP address. */
    anyHost?: boolean
  }
}

export type ServerOptions = {
  readonly url: URL
  /** Addresses or CIDR ranges whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  readonly random: Random
  readonly cookies: Cookies
  readonly csrf: Csrf
  readonly fastPath: FastPath
}

/** Timeouts for slow clients. Node's defaults are far longer. */
const timeouts = {
  headersTimeout: 15 * second,
  requestTimeout: 30 * second,
  keepAliveTimeout: 72 * second,
  connectionsCheckingInterval: 5 * second,
} as const

/** The HTTP server with the checks that apply to every request; features add their routes. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: options.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: longestForm,
    genReqId: () => newReference(options.random),
    serverFactory: (handler) => {
      const server = createHttpServer(
        { ...timeouts, maxHeaderSize: 16_384 },
        withFastPath(options.fastPath, options.url.host, handler),
      )
      server.setTimeout(60 * second)
      return server
    },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    forceCloseConnections: 'idle',
  })
  await app.register(cookie)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseForm(body as string))
    } catch (error) {
      done(error as Error)
    }
  })
  app.addHook('onRequest', (request, reply, done) => {
    setSecurityHeaders(reply, options.url.protocol === 'https:')
    done(refusalOf(() => requireHost(request, options.url)))
  })
  app.addHook('preHandler', (request, _reply, done) => done(refusalOf(() => requirePlainPath(request))))
  app.addHook('preHandler', (request, _reply, done) => done(refusalOf(() => requireOwnForm(request, options))))
  app.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply.statusCode, reply.elapsedTime)
    done()
  })
  return app
}

/** No route has a schema. This keeps Ajv from being loaded, which would take a tenth of the start time. */
function noSchemas(): never {
  throw new Error('routes must not have schemas')
}

// Callback hooks are cheaper than a promise for every request.
function refusalOf(check: () => void): Error | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error as Error
  }
}

// Links are built only from the configured address; a request with another Host is refused (RST-1).
function requireHost(request: FastifyRequest, url: URL): void {
  if (request.routeOptions.config.anyHost) return
  const hosts = request.raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length === 1 && request.headers.host === url.host && request.raw.url?.startsWith('/')) return
  throw Object.assign(new Error('misdirected request'), { statusCode: 421 })
}

// PostgreSQL cannot store a NUL, and no id contains one.
function requirePlainPath({ params }: FastifyRequest): void {
  const texts = Object.values(params as Record<string, unknown>)
  if (texts.some((text) => String(text).includes('\0'))) throw httpProblem('http.not-found')
}

function requireOwnForm(request: FastifyRequest, options: ServerOptions): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
  if (request.routeOptions.config.csrf === false) return
  const form = formOf(request)
  const browserToken = options.cookies.read(request, 'browser')
  const isOurs = options.csrf.accepts(browserToken, textField(form, 'csrf')) || comesFromAnotherTab(request, options)
  const isHere = isSameOrigin(request, options.url.origin)
  if (isHere && isOurs) return
  // Every page with a form sets a cookie: a post without any comes from a browser that blocks cookies.
  if (isHere && Object.keys(request.cookies).length === 0) throw httpProblem('http.cookies-blocked')
  throw httpProblem('http.form-foreign')
}

/**
 * Two pages opened at once in a new browser race: each sets a browser cookie, the later one wins, and the form token of
 * the other tab no longer matches. Where there is no session for another site to exploit, Sec-Fetch-Site is enough.
 */
function comesFromAnotherTab(request: FastifyRequest, { cookies }: ServerOptions): boolean {
  const { provesItself } = request.routeOptions.config
  const needsSession = !provesItself && cookies.read(request, 'session') !== undefined
  const isVouchedFor = request.headers['sec-fetch-site'] === 'same-origin'
  return isVouchedFor && cookies.read(request, 'browser') !== undefined && !needsSession
}

// Logs the route's pattern, never the URL, which may contain a token.
function logAnswer(request: FastifyRequest, status: number, milliseconds: number): void {
  request.log.info(
    { method: request.method, route: request.routeOptions.url, status, milliseconds: Math.round(milliseconds) },
    'answered',
  )
}

/** The posted form; empty if there was none. */
export function formOf(request: FastifyRequest): FormFields {
  return request.body instanceof Map ? (request.body as FormFields) : new Map()
}

/** A query parameter, if it occurs exactly once. */
export function queryText(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}
