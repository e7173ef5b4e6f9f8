/** Pads a list to a power of two with its last item: the database prepares a statement for each length of `in (…)`. */
export function padded(list: readonly string[]): readonly string[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(1, list.length)))
  return Array.from({ length }, (_, index) => list[Math.min(index, list.length - 1)] ?? '')
}
