import { homePage } from './account-page.ts'
import type { Endpoint } from './network.ts'
import { visitorLocale } from './web/index.ts'

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="1" y="1" width="14" height="14" rx="4"
 fill="#eceef1" stroke="#3b4a8f" stroke-width="1.5" stroke-dasharray="3 2"/><circle cx="8" cy="8" r="3" fill="#3b4a8f"/></svg>`

/** A network's home page, and the icon that browsers probe to check that they can reach it. */
export function homeEndpoints(name: string): Readonly<Record<string, Endpoint>> {
  return {
    '/': {
      name: 'page',
      methods: ['GET'],
      answer: (_network, visit) =>
        homePage({
          network: name,
          locale: visitorLocale(visit.url.searchParams.get('ui_locales'), visit.headers['accept-language']),
        }),
    },
    '/favicon.ico': {
      name: 'page',
      methods: ['GET'],
      answer: () => ({
        status: 200,
        headers: { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' },
        body: icon,
      }),
    },
  }
}
