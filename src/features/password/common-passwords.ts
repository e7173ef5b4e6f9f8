let list: Promise<ReadonlySet<string>> | undefined

/** The passwords seen most often in breaches, offline (zxcvbn's list, about 49,000); loaded when first needed. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter((entry) => entry.length >= 4)),
  )
  return list
}
