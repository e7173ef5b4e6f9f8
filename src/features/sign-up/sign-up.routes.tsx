import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseEmailAddress } from '#features/account/index.ts'
import type { NetworkOffer } from '#features/federation/index.ts'
import { hideToken, type RequestMailDeps, readLink, requestMail } from '#features/mailed-link/index.ts'
import { minimumLength } from '#features/password/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import {
  type Cookies,
  clientNetwork,
  formOf,
  localPath,
  type Pages,
  pageStatus,
  queryText,
  secretField,
  textField,
} from '#http/index.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Problem, refusalFrom } from '#kernel/problem.ts'
import type { DeliveryStatus } from '#outbox/index.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { SignUpCompletePage } from './complete.page.tsx'
import { type CompleteSignUpDeps, completeSignUp } from './complete-sign-up.ts'
import { SignUpLinkProblemPage } from './link-problem.page.tsx'
import { signUpMails } from './send-sign-up-mail.ts'
import { SignUpSentPage } from './sent.page.tsx'
import { signUpProblem } from './sign-up-problem.ts'
import { signUpCompletePath, signUpPath, signUpSentPath } from './sign-up-urls.ts'
import { SignUpStartPage } from './start.page.tsx'

export type SignUpRoutesDeps = {
  readonly useCases: CompleteSignUpDeps & RequestMailDeps
  readonly pages: Pages
  readonly cookies: Cookies
  readonly sessions: BrowserSessions
  /** Social networks that can be chosen, and the origins their forms lead to. */
  readonly networks: (
    request: FastifyRequest,
  ) => Promise<{ offers: readonly NetworkOffer[]; origins: readonly string[] }>
  readonly deliveryStatus: (id: string) => Promise<DeliveryStatus | undefined>
  readonly suggestion: (locale: Locale) => Promise<string>
}

export function signUpRoutes(app: FastifyInstance, deps: SignUpRoutesDeps): void {
  const { pages, useCases } = deps

  const start = async (request: FastifyRequest, reply: FastifyReply, typed: Typed, problem?: Problem) => {
    const { offers, origins } = await deps.networks(request)
    const context = await pages.context(request, reply, { continueTo: typed.continueTo, formAction: origins })
    const page = <SignUpStartPage view={context.view} ways={offers} problem={problem} {...typed} />
    return pages.send(request, reply, context, page, pageStatus(reply, problem))
  }
  app.get(signUpPath, (request, reply) =>
    start(request, reply, {
      identifier: (queryText(request, 'identifier') ?? '').slice(0, 254),
      continueTo: localPath(queryText(request, 'continue')),
    }),
  )
  app.post(signUpPath, async (request, reply) => {
    const typed = typedIn(request)
    try {
      const email = parseEmailAddress(typed.identifier)
      if (!email) throw identifierProblem(typed.identifier)
      const order = {
        identifier: email,
        continueTo: typed.continueTo,
        locale: pages.language(request),
        clientNetwork: clientNetwork(request.ip),
      }
      const refusal = (retryAfter: number) => signUpProblem('sign-up.too-many', { retryAfter })
      const id = await requestMail(useCases, signUpMails, order, refusal)
      const query = { mail: id, identifier: email.display, continue: typed.continueTo }
      return reply.redirect(linkTo(signUpSentPath, query), 303)
    } catch (error) {
      return start(request, reply, typed, refusalFrom(error))
    }
  })
  app.get(signUpSentPath, async (request, reply) => {
    const continueTo = localPath(queryText(request, 'continue'))
    const identifier = (queryText(request, 'identifier') ?? '').slice(0, 254)
    const mail = queryText(request, 'mail') ?? ''
    const context = await pages.context(request, reply, { continueTo })
    const here = linkTo(signUpSentPath, { mail, identifier, continue: continueTo })
    const page = (
      <SignUpSentPage
        view={{ ...context.view, path: here }}
        identifier={identifier}
        mail={(await deps.deliveryStatus(mail)) ?? { state: 'queued' }}
        resendAction={signUpPath}
        continueTo={continueTo}
      />
    )
    return pages.send(request, reply, context, page)
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
    const found = await readLink(useCases, token, ['sign-up'])
    const continueTo = localPath('link' in found ? found.link.details.continueTo : undefined, '/portals')
    const context = await pages.context(request, reply, { continueTo })
    if (found.state !== 'valid') {
      const page = <SignUpLinkProblemPage view={context.view} why={found.state} identifier={undefined} />
      return pages.send(request, reply, context, page, 410)
    }
    const page = (
      <SignUpCompletePage
        view={{ ...context.view, path: signUpCompletePath }}
        token={token ?? ''}
        identifier={found.link.display}
        suggestion={await deps.suggestion(context.view.locale)}
        minimumLength={minimumLength}
        problem={refused?.problem}
        continueTo={continueTo}
        name={refused?.name}
      />
    )
    return pages.send(request, reply, context, page, pageStatus(reply, refused?.problem))
  }
  app.get('/sign-up/link', (request, reply) => hideToken(deps.cookies, request, reply, signUpCompletePath))
  app.get(signUpCompletePath, (request, reply) => complete(request, reply, deps.cookies.read(request, 'link')))
  app.post(signUpCompletePath, async (request, reply) => {
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

type Typed = { readonly identifier: string; readonly continueTo: string }

function typedIn(request: FastifyRequest): Typed {
  const form = formOf(request)
  return { identifier: textField(form, 'identifier'), continueTo: localPath(textField(form, 'continue', 2_000)) }
}

function identifierProblem(typed: string): Problem {
  const code = typed === '' ? 'sign-up.identifier-missing' : 'sign-up.identifier-malformed'
  return signUpProblem(code, { field: 'identifier' })
}
