import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Locale } from '#kernel/locale.ts'
import { type Html, html } from './html.ts'

/** A response as a value, so that a fault can change it. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string | Buffer | Readable
}

export function json(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  }
}

/** An error response (RFC 9457). */
export function problemJson(status: number, title: string, detail?: string): Answer {
  return json(status, { title, status, detail }, { 'content-type': 'application/problem+json' })
}

/** 303, so that browsers do not repeat a POST at the next URL (RFC 9700, section 4.12). */
export function redirect(location: string, headers: Answer['headers'] = {}): Answer {
  return { status: 303, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' }
}

export type PageParts = { readonly locale: Locale; readonly title: string; readonly style: string; readonly body: Html }

/** A page with an inline style that is allowed by its hash. The CSP forbids everything else, including frames. */
export function page(status: number, parts: PageParts): Answer {
  const hash = createHash('sha256').update(parts.style).digest('base64')
  const document = html`<!doctype html>
<html lang="${parts.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${parts.title}</title>
<style>${{ markup: parts.style }}</style>
</head>
<body>${parts.body}</body>
</html>
`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': parts.locale,
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      vary: 'Accept-Language',
    },
    body: document.markup,
  }
}
