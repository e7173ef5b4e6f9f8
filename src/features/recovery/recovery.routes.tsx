import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseIdentifier } from '#features/account/index.ts'
import { type AskForMailDeps, askForMailRoutes, hideToken, readLink } from '#features/mailed-link/index.ts'
import { minimumLength } from '#features/password/index.ts'
import {
  type Cookies,
  clientNetwork,
  formOf,
  localPath,
  pageStatus,
  queryText,
  secretField,
  textField,
} from '#http/index.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Problem, refusalFrom } from '#kernel/problem.ts'
import { paths } from '#ui/paths.ts'
import { RecoveryDonePage } from './done.page.tsx'
import { RecoveryLinkProblemPage } from './link-problem.page.tsx'
import { recoveryProblem } from './recovery-problem.ts'
import { ResetPage } from './reset.page.tsx'
import { recoveryMails } from './send-recovery-mail.ts'
import { RecoverySentPage } from './sent.page.tsx'
import { type SetNewPasswordDeps, setNewPassword } from './set-new-password.ts'
import { RecoveryStartPage } from './start.page.tsx'

export type RecoveryRoutesDeps = AskForMailDeps & {
  readonly useCases: SetNewPasswordDeps
  readonly cookies: Cookies
  readonly suggestion: (locale: Locale) => Promise<string>
}

export function recoveryRoutes(app: FastifyInstance, deps: RecoveryRoutesDeps): void {
  askForMailRoutes(app, deps, {
    paths: { ask: paths.recover, sent: paths.recoverSent },
    channel: recoveryMails,
    parse: async (text) => {
      const identifier = await parseIdentifier(text)
      if (!identifier) throw identifierProblem(text)
      return identifier
    },
    tooMany: (retryAfter) => recoveryProblem('recovery.too-many', { retryAfter }),
    askPage: async (_request, props) => <RecoveryStartPage {...props} />,
    sentPage: (props) => <RecoverySentPage {...props} />,
  })
  resetRoutes(app, deps)
}

function resetRoutes(app: FastifyInstance, deps: RecoveryRoutesDeps): void {
  const { pages, useCases } = deps
  const page = async (request: FastifyRequest, reply: FastifyReply, token: string | undefined, problem?: Problem) => {
    const lookup = await readLink(useCases, token, ['reset-password', 'first-password'])
    const context = await pages.context(request, reply)
    if (lookup.state !== 'valid') {
      return pages.send(
        request,
        reply,
        context,
        <RecoveryLinkProblemPage view={context.view} why={lookup.state} />,
        410,
      )
    }
    const { link } = lookup
    const reset = (
      <ResetPage
        view={{ ...context.view, path: paths.recoverPassword }}
        token={token ?? ''}
        identifier={link.display}
        purpose={link.purpose === 'first-password' ? 'first-password' : 'reset'}
        suggestion={await deps.suggestion(context.view.locale)}
        minimumLength={minimumLength}
        problem={problem}
      />
    )
    return pages.send(request, reply, context, reset, pageStatus(reply, problem))
  }
  app.get(paths.recoverLink, (request, reply) => hideToken(deps.cookies, request, reply, paths.recoverPassword))
  app.get(paths.recoverPassword, (request, reply) => page(request, reply, deps.cookies.read(request, 'link')))
  app.post(paths.recoverPassword, async (request, reply) => {
    const form = formOf(request)
    const token = textField(form, 'token')
    try {
      const continueTo = await setNewPassword(useCases, {
        token,
        password: secretField(form, 'new_password'),
        clientNetwork: clientNetwork(request.ip),
      })
      deps.cookies.clear(reply, 'link')
      return reply.redirect(`${paths.recoverDone}?${new URLSearchParams({ continue: localPath(continueTo) })}`, 303)
    } catch (error) {
      return page(request, reply, token, refusalFrom(error))
    }
  })
  app.get(paths.recoverDone, async (request, reply) => {
    const continueTo = localPath(queryText(request, 'continue'))
    const context = await pages.context(request, reply, { continueTo })
    return pages.send(request, reply, context, <RecoveryDonePage view={context.view} continueTo={continueTo} />)
  })
  // W3C Well-Known URL for Changing Passwords.
  app.get(paths.changePassword, (_request, reply) => reply.redirect(paths.recover, 303))
}

function identifierProblem(text: string): Problem {
  const code = text === '' ? 'recovery.identifier-missing' : 'recovery.identifier-malformed'
  return recoveryProblem(code, { field: 'identifier' })
}
