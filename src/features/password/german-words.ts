/** Friendly German nouns without umlauts, for passphrases. */
export const germanWords: readonly string[] = 'anker apfel arm ast'.split(' ')
