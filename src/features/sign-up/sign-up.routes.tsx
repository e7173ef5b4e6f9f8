import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseEmailAddress } from '#features/account/index.ts'
import type { NetworkOffer } from '#features/federation/index.ts'
import { type AskForMailDeps, askForMailRoutes, hideToken, readLink } from '#features/mailed-link/index.ts'
import { minimumLength } from '#features/password/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import { type Cookies, formOf, localPath, pageStatus, secretField, textField } from '#http/index.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Problem, refusalFrom } from '#kernel/problem.ts'
import { paths } from '#ui/paths.ts'
import { SignUpCompletePage } from './complete.page.tsx'
import { type CompleteSignUpDeps, completeSignUp } from './complete-sign-up.ts'
import { SignUpLinkProblemPage } from './link-problem.page.tsx'
import { signUpMails } from './send-sign-up-mail.ts'
import { SignUpSentPage } from './sent.page.tsx'
import { signUpProblem } from './sign-up-problem.ts'
import { SignUpStartPage } from './start.page.tsx'

export type SignUpRoutesDeps = AskForMailDeps & {
  readonly useCases: CompleteSignUpDeps
  readonly cookies: Cookies
  readonly sessions: BrowserSessions
  /** The networks that can be chosen. */
  readonly networks: (request: FastifyRequest) => Promise<readonly NetworkOffer[]>
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
  readonly suggestion: (locale: Locale) => Promise<string>
}

export function signUpRoutes(app: FastifyInstance, deps: SignUpRoutesDeps): void {
  askForMailRoutes(app, deps, {
    paths: { ask: paths.signUp, sent: paths.signUpSent },
    channel: signUpMails,
    parse: async (text) => {
      const address = parseEmailAddress(text)
      if (!address) throw identifierProblem(text)
      return address
    },
    tooMany: (retryAfter) => signUpProblem('sign-up.too-many', { retryAfter }),
    askPage: async (request, props) => <SignUpStartPage ways={await deps.networks(request)} {...props} />,
    sentPage: (props) => <SignUpSentPage resendAction={paths.signUp} {...props} />,
    formAction: deps.networkOrigins,
  })
  completionRoutes(app, deps)
}

function completionRoutes(app: FastifyInstance, deps: SignUpRoutesDeps): void {
  const { pages, useCases } = deps
  const complete = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string | undefined,
    refused?: { readonly name: string; readonly problem: Problem },
  ) => {
    const lookup = await readLink(useCases, token, ['sign-up'])
    const continueTo = localPath('link' in lookup ? lookup.link.details.continueTo : undefined, paths.portals)
    const context = await pages.context(request, reply, { continueTo })
    if (lookup.state !== 'valid') {
      const page = <SignUpLinkProblemPage view={context.view} why={lookup.state} identifier={undefined} />
      return pages.send(request, reply, context, page, 410)
    }
    const page = (
      <SignUpCompletePage
        view={{ ...context.view, path: paths.signUpComplete }}
        token={token ?? ''}
        identifier={lookup.link.display}
        suggestion={await deps.suggestion(context.view.locale)}
        minimumLength={minimumLength}
        problem={refused?.problem}
        continueTo={continueTo}
        name={refused?.name}
      />
    )
    return pages.send(request, reply, context, page, pageStatus(reply, refused?.problem))
  }
  app.get(paths.signUpLink, (request, reply) => hideToken(deps.cookies, request, reply, paths.signUpComplete))
  app.get(paths.signUpComplete, (request, reply) => complete(request, reply, deps.cookies.read(request, 'link')))
  app.post(paths.signUpComplete, async (request, reply) => {
    const form = formOf(request)
    const token = textField(form, 'token')
    const name = textField(form, 'name')
    try {
      const finished = await completeSignUp(useCases, {
        token,
        name,
        password: secretField(form, 'new_password'),
        locale: pages.language(request),
        browser: await deps.sessions.browser(request),
      })
      deps.cookies.clear(reply, 'link')
      if (finished.next === 'second-authenticator-needed') return reply.redirect(paths.secondStep, 303)
      deps.sessions.keep(reply, finished.started)
      return reply.redirect(localPath(finished.continueTo, paths.portals), 303)
    } catch (error) {
      return complete(request, reply, token, { name, problem: refusalFrom(error) })
    }
  })
}

function identifierProblem(text: string): Problem {
  const code = text === '' ? 'sign-up.identifier-missing' : 'sign-up.identifier-malformed'
  return signUpProblem(code, { field: 'identifier' })
}
