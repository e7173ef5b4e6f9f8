let list: Promise<ReadonlySet<string>> | undefined

/** The passwords that are most common in breaches (zxcvbn's list, about 49,000). Loaded on first use; works offline. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter((entry) => entry.length >= 4)),
  )
  return list
}
