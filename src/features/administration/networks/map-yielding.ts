/**
 * Loads one item after the other and yields to the event loop in between: SQLite queries block it, so a page that needs
 * many of them must not run them all at once.
 */
export async function mapYielding<Item, Answer>(
  items: readonly Item[],
  load: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const item of items) {
    answers.push(await load(item))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return answers
}
