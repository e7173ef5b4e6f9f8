import { STATUS_CODES } from 'node:http'
import type { errors, KoaContextWithOIDC } from 'oidc-provider'
import type { VNode } from 'preact'
import type { PortalStore } from '../features/portal/index.ts'
import { SignOutPage } from '../features/sign-in/index.ts'
import { contentSecurityPolicy, type PageContext, type PageOptions, type Pages } from '../http/index.ts'
import { ErrorPage } from '../ui/error.page.tsx'
import { renderPage } from '../ui/render.ts'
import { enginePrefix } from './engine.ts'
import { engineRequest } from './engine-request.ts'

export type EnginePages = {
  readonly showError: (context: KoaContextWithOIDC, error: errors.OIDCProviderError) => Promise<void>
  readonly showLogout: (context: KoaContextWithOIDC) => Promise<void>
}

/** Our pages where the engine would show its own. */
export function enginePages(pages: Pages, portals: PortalStore): EnginePages {
  const show = async (context: KoaContextWithOIDC, options: PageOptions, draw: (page: PageContext) => VNode) => {
    const { request, reply } = engineRequest()
    const page = await pages.context(request, reply, options)
    const cookie = reply.getHeader('set-cookie')
    if (cookie) context.append('set-cookie', cookie as string | string[])
    context.type = 'html'
    context.set('content-security-policy', contentSecurityPolicy(page.formAction))
    context.set('cache-control', 'no-store, private')
    context.body = renderPage(draw(page))
  }
  return {
    showError: (context, error) => {
      const { request } = engineRequest()
      const status = error.statusCode in STATUS_CODES ? error.statusCode : 400
      request.log.info({ error: error.error, description: error.error_description }, 'refused by the engine')
      return show(context, {}, ({ view }) => (
        <ErrorPage view={view} status={status} code={error.error} reference={request.id} />
      ))
    },
    showLogout: async (context) => {
      const session = context.oidc.session as unknown as {
        readonly authorizations?: Readonly<Record<string, unknown>>
        readonly state: { readonly secret: string; readonly postLogoutRedirectUri?: string }
      }
      const known = await Promise.all(Object.keys(session.authorizations ?? {}).map((id) => portals.find(id)))
      const names = known.flatMap((portal) => (portal ? [portal.name] : []))
      const target = session.state.postLogoutRedirectUri
      const formAction = target ? [new URL(target).origin] : []
      await show(context, { formAction }, ({ view }) => (
        <SignOutPage
          view={view}
          portalNames={names}
          action={`${enginePrefix}/sign-out/confirm`}
          hidden={{ xsrf: session.state.secret, logout: 'yes' }}
        />
      ))
    },
  }
}
