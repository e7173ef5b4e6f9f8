import { STATUS_CODES } from 'node:http'
import type { errors, KoaContextWithOIDC } from 'oidc-provider'
import type { VNode } from 'preact'
import type { PortalStore } from '#features/portal/index.ts'
import { SignOutPage } from '#features/sign-out/index.ts'
import { contentSecurityPolicy, type PageContext, type PageOptions, type Pages, personal } from '#http/index.ts'
import { ErrorPage } from '#ui/error.page.tsx'
import { renderPage } from '#ui/render.ts'
import { engineRequest } from './engine-request.ts'
import { signOutConfirmPath } from './oidc-urls.ts'

type Refused = Pick<errors.OIDCProviderError, 'error' | 'error_description' | 'statusCode'>

export type EnginePages = {
  readonly showError: (context: KoaContextWithOIDC, error: Refused) => Promise<void>
  /** For internal errors. */
  readonly showFault: (context: KoaContextWithOIDC, error: unknown) => Promise<void>
  readonly showLogout: (context: KoaContextWithOIDC) => Promise<void>
}

/** Our pages in place of the engine's. */
export function enginePages(pages: Pages, portals: PortalStore): EnginePages {
  const show = async (context: KoaContextWithOIDC, options: PageOptions, draw: (page: PageContext) => VNode) => {
    const { request, reply } = engineRequest()
    const page = await pages.context(request, reply, options)
    context.type = 'html'
    context.set('content-language', page.view.locale)
    context.set('content-security-policy', contentSecurityPolicy(page.formAction))
    for (const [name, value] of Object.entries(personal)) context.set(name, value)
    context.body = renderPage(draw(page))
  }
  const showRefusal = (context: KoaContextWithOIDC, status: number) => {
    const { request } = engineRequest()
    context.status = status
    return show(context, {}, ({ view }) => <ErrorPage view={view} status={status} reference={request.id} />)
  }
  return {
    showError: (context, { error, error_description: description, statusCode }) => {
      engineRequest().request.log.info({ error, description }, 'refused by the engine')
      // The engine reports its internal errors here, too; they have no status.
      return showRefusal(context, statusCode in STATUS_CODES ? statusCode : 500)
    },
    showFault: async (context, error) => {
      const { request } = engineRequest()
      request.log.error({ err: error }, 'fault')
      if (context.accepts('json', 'html') === 'html') return showRefusal(context, 500)
      context.status = 500
      context.body = { error: 'server_error', error_description: `reference: ${request.id}` }
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
          action={signOutConfirmPath}
          hidden={{ xsrf: session.state.secret, logout: 'yes' }}
        />
      ))
    },
  }
}
