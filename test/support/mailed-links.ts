import { issueLink, type LinkPurpose } from '#features/mailed-link/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { TestApp } from './app.ts'

export type TestLink = {
  readonly purpose: LinkPurpose
  readonly accountId: AccountId | null
  readonly email: string
  readonly continueTo?: string
  /** As a link of this purpose does in the product, unless given otherwise. */
  readonly supersedes?: readonly LinkPurpose[]
}

/** Issues a link as the product does, with a short mail around it. @returns its token */
export async function issueToken(app: TestApp, link: TestLink): Promise<string> {
  const { purpose, accountId, email, continueTo, supersedes = [purpose] } = link
  let issued = ''
  await app.database.inTransaction((stores) =>
    issueLink({ ...app.foundation, wake: () => {} }, stores, {
      purpose,
      accountId,
      canonical: email,
      display: email,
      details: continueTo === undefined ? {} : { continueTo },
      supersedes,
      write: (token) => {
        issued = token
        return { subject: 'link', html: '', text: '' }
      },
    }),
  )
  return issued
}
