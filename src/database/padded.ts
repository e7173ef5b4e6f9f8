/** Repeats the last one until there is a power of two of them: a database prepares a query for each length anew. */
export function padded(list: readonly string[]): readonly string[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(1, list.length)))
  return Array.from({ length }, (_, index) => list[Math.min(index, list.length - 1)] ?? '')
}
