/** A form on a page, as a browser without JavaScript sees it. */
export type Form = {
  readonly method: string
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  readonly text: string
}

export type ShownPage = {
  readonly status: number
  readonly url: URL
  readonly headers: Headers
  readonly body: string
  readonly forms: readonly Form[]
}

export type ScriptFreeBrowser = {
  readonly open: (url: string) => Promise<ShownPage>
  readonly submit: (
    page: ShownPage,
    form: Form | undefined,
    typed?: Readonly<Record<string, string>>,
  ) => Promise<ShownPage>
  readonly cookies: ReadonlyMap<string, string>
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const attribute = (tag: string, name: string) =>
  new RegExp(`\\b${name}="?([^">]*)`)
    .exec(tag)?.[1]
    ?.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '')

function formsOf(body: string): readonly Form[] {
  return [...body.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => ({
    method: (attribute(tag, 'method') ?? 'get').toUpperCase(),
    action: attribute(tag, 'action') ?? '',
    fields: Object.fromEntries(
      [...inside.matchAll(/<(?:input|button)[^>]*>/g)]
        .filter(([input]) => attribute(input, 'name') && !/type="checkbox"/.test(input))
        .map(([input]) => [attribute(input, 'name'), attribute(input, 'value') ?? '']),
    ),
    text: inside
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }))
}

/**
 * A browser without JavaScript. Follows redirects, submits forms and, like real browsers, shares cookies among all ports
 * of localhost.
 * @param leavesTo a URL prefix: a redirect to it is not followed, but returned
 * @param more headers of every request, such as those that a proxy adds
 */
export function createScriptFreeBrowser(
  leavesTo = '',
  language = 'de',
  more: Readonly<Record<string, string>> = {},
): ScriptFreeBrowser {
  const cookies = new Map<string, string>()

  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  const load = async (url: URL, init: RequestInit, hops = 0): Promise<ShownPage> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...more, ...init.headers, 'accept-language': language, 'sec-fetch-site': 'same-origin', cookie }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    keep(response.headers)
    const body = await response.text()
    const location = response.headers.get('location')
    const left = location !== null && leavesTo !== '' && location.startsWith(leavesTo)
    if (location !== null && !left && hops < 10) return load(new URL(location, url), {}, hops + 1)
    return { status: response.status, url, headers: response.headers, body, forms: formsOf(body) }
  }

  return {
    cookies,
    open: (url) => load(new URL(url), {}),
    submit: (page, form, typed = {}) => {
      if (!form) throw new Error(`no such form on ${page.url.href}: ${page.body}`)
      const action = new URL(form.action || page.url.href, page.url)
      return load(action, { method: form.method, body: new URLSearchParams({ ...form.fields, ...typed }) })
    },
  }
}
