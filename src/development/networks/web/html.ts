/** Safe markup. Only `html` creates it, which escapes all values. */
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

/** A template that escapes values unless they are `Html`. `false` and `undefined` render nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { markup: strings.reduce((text, next, index) => text + markup(values[index - 1]) + next) }
}
