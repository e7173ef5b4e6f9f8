/**
 * Asks for one after the other and lets others run in between: SQLite answers while the whole server waits, so a page
 * that needs many answers must not ask for them in one go.
 */
export async function mapYielding<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const item of items) {
    answers.push(await ask(item))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return answers
}
