import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import type { Identifier } from '#features/account/index.ts'
import { clientNetwork, formOf, localPath, type Pages, pageStatus, queryText, textField } from '#http/index.ts'
import { type Problem, refusalFrom } from '#kernel/problem.ts'
import type { Channel, DeliveryStatus } from '#outbox/index.ts'
import { linkTo } from '#ui/link.ts'
import type { View } from '#ui/view.ts'
import { type MailRequest, type RequestMailDeps, requestMail } from './request-mail.ts'

export type AskForMailDeps = {
  readonly useCases: RequestMailDeps
  readonly pages: Pages
  readonly deliveryStatus: (id: string) => Promise<DeliveryStatus | undefined>
}

export type AskPageProps = {
  readonly view: View
  /** Keeps the typed text in the form. */
  readonly identifier: string
  readonly continueTo: string
  readonly problem: Problem | undefined
}

export type SentPageProps = {
  readonly view: View
  readonly identifier: string
  readonly continueTo: string
  readonly mail: { readonly state: DeliveryStatus['state']; readonly at?: number }
}

/** What a feature mails, and its two pages. */
export type AskForMail = {
  /** The page with the form, which posts to itself, and the page with the delivery status. */
  readonly paths: { readonly ask: string; readonly sent: string }
  readonly channel: Channel<MailRequest>
  /** @throws Problem, shown at the field, if it is neither an address nor a phone number */
  readonly parse: (text: string) => Promise<Identifier>
  readonly tooMany: (retryAfter: number) => Problem
  readonly askPage: (request: FastifyRequest, props: AskPageProps) => Promise<VNode>
  readonly sentPage: (props: SentPageProps) => VNode
  /** Additional origins for the page's `form-action` (CSP). */
  readonly formAction?: () => Promise<readonly string[]>
}

/** Asks for an address, mails help to it and shows the delivery status: identical for every address (ENU-1). */
export function askForMailRoutes(app: FastifyInstance, deps: AskForMailDeps, ask: AskForMail): void {
  const { pages, useCases } = deps
  const show = async (request: FastifyRequest, reply: FastifyReply, input: AskInput, problem?: Problem) => {
    const formAction = (await ask.formAction?.()) ?? []
    const context = await pages.context(request, reply, { continueTo: input.continueTo, formAction })
    const page = await ask.askPage(request, { view: context.view, problem, ...input })
    return pages.send(request, reply, context, page, pageStatus(reply, problem))
  }
  app.get(ask.paths.ask, (request, reply) => show(request, reply, inputFromQuery(request)))
  app.post(ask.paths.ask, async (request, reply) => {
    const input = inputFromForm(request)
    const { continueTo } = input
    try {
      const identifier = await ask.parse(input.identifier)
      const locale = pages.language(request)
      const mail = { identifier, continueTo, locale, clientNetwork: clientNetwork(request.ip) }
      const id = await requestMail(useCases, ask.channel, mail, ask.tooMany)
      return reply.redirect(sentLink(ask, id, identifier.display, continueTo), 303)
    } catch (error) {
      return show(request, reply, input, refusalFrom(error))
    }
  })
  app.get(ask.paths.sent, async (request, reply) => {
    const { identifier, continueTo } = inputFromQuery(request)
    const id = queryText(request, 'mail') ?? ''
    const context = await pages.context(request, reply, { continueTo })
    const page = ask.sentPage({
      view: { ...context.view, path: sentLink(ask, id, identifier, continueTo) },
      identifier,
      mail: (await deps.deliveryStatus(id)) ?? { state: 'queued' },
      continueTo,
    })
    return pages.send(request, reply, context, page)
  })
}

type AskInput = { readonly identifier: string; readonly continueTo: string }

const longestIdentifier = 254

function inputFromQuery(request: FastifyRequest): AskInput {
  return {
    identifier: (queryText(request, 'identifier') ?? '').slice(0, longestIdentifier),
    continueTo: localPath(queryText(request, 'continue')),
  }
}

function inputFromForm(request: FastifyRequest): AskInput {
  const form = formOf(request)
  return { identifier: textField(form, 'identifier'), continueTo: localPath(textField(form, 'continue', 2_000)) }
}

function sentLink({ paths }: AskForMail, mail: string, identifier: string, continueTo: string): string {
  return linkTo(paths.sent, { mail, identifier, continue: continueTo })
}
