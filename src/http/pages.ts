import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import type { Locale } from '#kernel/locale.ts'
import type { Secrets } from '#kernel/secret.ts'
import { paths } from '#ui/paths.ts'
import { renderPage } from '#ui/render.ts'
import type { View } from '#ui/view.ts'
import type { Cookies } from './cookies.ts'
import type { Csrf } from './csrf.ts'
import { contentSecurityPolicy, setPersonal } from './headers.ts'
import { languageOf } from './language.ts'
import { localPath } from './local-path.ts'

/** What is known about the page or portal where the person continues. */
export type Destination = {
  readonly portal?: View['portal']
  /** Origins besides our own where the redirects after a form may end. */
  readonly origins: readonly string[]
}

export type PageContext = {
  readonly view: View
  readonly formAction: readonly string[]
  /** Origins that the page's script may probe. */
  readonly connect: readonly string[]
}

export type PageOptions = {
  readonly continueTo?: string
  readonly signedInAs?: string | undefined
  /** Further origins that a form of the page leads to, and that its script may probe. */
  readonly formAction?: readonly string[]
}

export type Pages = {
  readonly language: (request: FastifyRequest) => Locale
  readonly context: (request: FastifyRequest, reply: FastifyReply, options?: PageOptions) => Promise<PageContext>
  readonly send: (
    request: FastifyRequest,
    reply: FastifyReply,
    context: PageContext,
    page: VNode,
    status?: number,
  ) => FastifyReply
  /** The secret of this browser; issued and set as a cookie if it has none yet. */
  readonly browserToken: (request: FastifyRequest, reply: FastifyReply) => string
}

export type PagesDeps = {
  readonly cookies: Cookies
  readonly csrf: Csrf
  readonly secrets: Secrets
  readonly development: boolean
  readonly scriptUrl: string | undefined
  readonly describe: (continueTo: string) => Promise<Destination>
}

const smallestCompressed = 1_000

export function createPages(deps: PagesDeps): Pages {
  const language = (request: FastifyRequest) => languageOf(request, deps.cookies.read(request, 'language'))
  const browserToken = (request: FastifyRequest, reply: FastifyReply) => {
    const present = deps.cookies.read(request, 'browser')
    if (present) return present
    const { token } = deps.secrets.issue('browser')
    deps.cookies.set(reply, 'browser', token)
    // Later calls within this request must get the same token.
    request.cookies[deps.cookies.name('browser')] = token
    return token
  }
  return {
    language,
    browserToken,
    context: async (request, reply, options = {}) => {
      const destination = options.continueTo ? await deps.describe(options.continueTo) : undefined
      const view: View = {
        locale: language(request),
        csrfToken: deps.csrf.token(browserToken(request, reply)),
        path: request.method === 'GET' ? localPath(request.url, paths.home) : paths.home,
        continueTo: options.continueTo,
        portal: destination?.portal,
        signedInAs: options.signedInAs,
        scriptUrl: deps.scriptUrl,
        development: deps.development,
      }
      const connect = options.formAction ?? []
      return { view, formAction: [...new Set([...(destination?.origins ?? []), ...connect])], connect }
    },
    send: (request, reply, context, page, status = 200) => {
      reply.status(status).type('text/html; charset=utf-8')
      reply.header('content-language', context.view.locale)
      reply.header('content-security-policy', contentSecurityPolicy(context.formAction, context.connect))
      setPersonal(reply)
      return reply.send(compressed(request, reply, renderPage(page)))
    },
  }
}

// Synchronous on purpose: it takes a fraction of a millisecond, and the thread pool is shared.
function compressed(request: FastifyRequest, reply: FastifyReply, html: string): string | Buffer {
  const accepts = /(^|,)\s*br\s*(,|;|$)/.test(String(request.headers['accept-encoding'] ?? ''))
  if (!accepts || html.length < smallestCompressed) return html
  reply.header('content-encoding', 'br')
  return brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}
