import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** A page as the text that goes over the wire. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`
}
