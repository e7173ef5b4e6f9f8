import type { AccountId } from '#kernel/id.ts'

/** Somebody who runs the installation and may use the console. */
export type Operator = {
  readonly accountId: AccountId
  readonly name: string
  readonly grantedAt: number
  /** A disabled account is an operator in name only. */
  readonly disabled: boolean
}
