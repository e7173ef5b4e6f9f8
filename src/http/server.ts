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
    /** False where another origin may post on purpose; the route then proves the request by other means. */
    csrf?: boolean
    /** Its forms carry a password: a session that is there lends them nothing. */
    provesItself?: boolean
    /** Answered whatever name it is asked by: probes come by address. */
    anyHost?: boolean
  }
}

export type ServerOptions = {
  readonly url: URL
  /** Addresses or networks (CIDR) whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  readonly random: Random
  readonly cookies: Cookies
  readonly csrf: Csrf
  readonly fastPath: FastPath
}

/** Slow clients are cut off: a header that takes longer, or a whole request (Node's own limits are far wider). */
const timeouts = {
  headersTimeout: 15 * second,
  requestTimeout: 30 * second,
  keepAliveTimeout: 72 * second,
  connectionsCheckingInterval: 5 * second,
} as const

/** The HTTP server with what holds for every request; features add their routes. */
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

/** No route has a schema: Ajv and its kin need not be loaded, which would take a tenth of the start. */
function noSchemas(): never {
  throw new Error('routes have no schemas')
}

// Hooks with a callback cost less than a promise for every request.
function refusalOf(check: () => void): Error | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error as Error
  }
}

// Links are built from the configured address alone; a request by another name is not for us (RST-1).
function requireHost(request: FastifyRequest, url: URL): void {
  if (request.routeOptions.config.anyHost) return
  const hosts = request.raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length === 1 && request.headers.host === url.host && request.raw.url?.startsWith('/')) return
  throw Object.assign(new Error('misdirected request'), { statusCode: 421 })
}

// No database column takes a NUL, and nothing here has one in its name.
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
  // Every page of ours that has a form sets one: who comes back without any does not take them.
  if (isHere && Object.keys(request.cookies).length === 0) throw httpProblem('http.cookies-blocked')
  throw httpProblem('http.form-foreign')
}

/**
 * Two pages opened at the same moment in a new browser each bring a cookie, and the later one wins: the form of the
 * other tab has a token that fits no more. Where there is no session that another site could ride on, the browser's own
 * word that the form is from here is enough.
 */
function comesFromAnotherTab(request: FastifyRequest, { cookies }: ServerOptions): boolean {
  const { provesItself } = request.routeOptions.config
  const needsSession = !provesItself && cookies.read(request, 'session') !== undefined
  const isVouchedFor = request.headers['sec-fetch-site'] === 'same-origin'
  return isVouchedFor && cookies.read(request, 'browser') !== undefined && !needsSession
}

// The route's pattern, never the address asked for: that may hold a token.
function logAnswer(request: FastifyRequest, status: number, milliseconds: number): void {
  request.log.info(
    { method: request.method, route: request.routeOptions.url, status, milliseconds: Math.round(milliseconds) },
    'answered',
  )
}

/** The posted form; empty when there was none. */
export function formOf(request: FastifyRequest): FormFields {
  return request.body instanceof Map ? (request.body as FormFields) : new Map()
}

/** One parameter of the query, if it was given once. */
export function queryText(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}
