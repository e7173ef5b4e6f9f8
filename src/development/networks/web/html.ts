/** Markup that is safe to send: made only by `html`, which escapes everything else. */
export type Html = { readonly markup: string }

type Piece = Html | string | number | false | undefined | readonly Piece[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function markup(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (typeof piece === 'object') return 'markup' in piece ? piece.markup : piece.map(markup).join('')
  return String(piece).replace(/[&<>"']/g, (character) => entities[character] as string)
}

/** A template whose values are escaped unless they are `Html` themselves; `false` and `undefined` leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { markup: strings.reduce((text, next, index) => text + markup(values[index - 1]) + next) }
}
