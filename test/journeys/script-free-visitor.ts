import type { Locale } from '#kernel/locale.ts'
import { createScriptFreeBrowser, type ShownPage } from '../support/browser.ts'
import { inOneLine, type Visitor } from './visitor.ts'

type FieldInput = { readonly form: number; readonly name: string; readonly text: string }

const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]

const plain = (html: string) => inOneLine(decoded(html.replace(/<(script|style)\b.*?<\/\1>|<[^>]*>/gs, ' ')))

const decoded = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** Follows forms and links over HTTP, like a browser whose script is off or broken. */
export function scriptFreeVisitor(einlass: string, locale: Locale, address: string): Visitor {
  const browser = createScriptFreeBrowser('', locale, { 'x-forwarded-for': address })
  let page: ShownPage | undefined
  let typed: FieldInput[] = []

  const shown = () => {
    if (!page) throw new Error('no page is open')
    return page
  }
  const show = (next: ShownPage) => {
    page = next
    typed = []
  }
  const formAt = (position: number) =>
    [...shown().body.matchAll(/<form\b.*?<\/form>/gs)].findIndex(
      ({ index, 0: html }) => index < position && position < index + html.length,
    )
  const find = (words: string) => {
    const all = [...shown().body.matchAll(/<(button|a|summary)\b([^>]*)>(.*?)<\/\1>/gs)]
      .filter(([, , tag = '']) => !/\bhidden\b/.test(tag))
      .map(({ 1: kind = '', 2: tag = '', 3: inside = '', index }) => ({
        kind,
        tag,
        index,
        name: decoded(attribute(tag, 'aria-label') ?? plain(inside)),
      }))
    const found = all.find(({ name }) => name === words) ?? all.find(({ name }) => name.startsWith(words))
    if (!found) throw new Error(`nothing to press that says “${words}” on ${shown().url.href}:\n${plain(shown().body)}`)
    return found
  }
  const follow = (words: string): Promise<ShownPage> | undefined => {
    const { kind, tag, index } = find(words)
    if (kind === 'summary') return undefined
    if (kind === 'a') return browser.open(new URL(decoded(attribute(tag, 'href') ?? ''), shown().url).href)
    const form = formAt(index)
    const fields = typed.filter((each) => each.form === form).map(({ name, text }) => [name, text])
    const own = attribute(tag, 'name')
    if (own) fields.push([own, attribute(tag, 'value') ?? ''])
    return browser.submit(shown(), shown().forms[form], Object.fromEntries(fields))
  }

  return {
    locale,
    open: async (url) => show(await browser.open(url)),
    type: async (label, text) => {
      const labels = [...shown().body.matchAll(/<label for="([^"]*)">(.*?)<\/label>/gs)]
      const id = labels.find(([, , inside = '']) => plain(inside) === label)?.[1]
      const input = [...shown().body.matchAll(/<input\b[^>]*>/g)].find(([tag]) => attribute(tag, 'id') === id)
      if (!id || !input) throw new Error(`no field “${label}” on ${shown().url.href}:\n${plain(shown().body)}`)
      typed.push({ form: formAt(input.index), name: attribute(input[0], 'name') ?? '', text })
    },
    press: async (words) => {
      const next = await follow(words)
      if (next) show(next)
    },
    pressTwice: async (words) => {
      const [, second] = await Promise.all([follow(words), follow(words)])
      if (second) show(second)
    },
    text: async () => plain(shown().body.replace(/^.*?<body/s, '<body')),
    url: () => shown().url,
    signedIn: async () => (await browser.open(`${einlass}/api/session`)).status === 200,
    leave: async () => {},
  }
}
