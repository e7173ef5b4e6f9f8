import type { FastifyInstance } from 'fastify'
import { isLocale } from '#kernel/locale.ts'
import { paths } from '#ui/paths.ts'
import type { Cookies } from './cookies.ts'
import { textField } from './form.ts'
import { localPath } from './local-path.ts'
import { formOf } from './server.ts'

const keptForSeconds = 365 * 24 * 3600

/** `POST /language`: sets the language chosen on any page, and leads back to it. */
export function languageRoutes(app: FastifyInstance, cookies: Cookies): void {
  app.post(paths.language, async (request, reply) => {
    const form = formOf(request)
    const locale = textField(form, 'locale')
    if (isLocale(locale)) cookies.set(reply, 'language', locale, keptForSeconds)
    return reply.redirect(localPath(textField(form, 'path', 2_000), paths.home), 303)
  })
}
