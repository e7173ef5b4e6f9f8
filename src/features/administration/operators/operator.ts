import type { AccountId } from '#kernel/id.ts'

/** An account that may use the console. */
export type Operator = {
  readonly accountId: AccountId
  readonly name: string
  readonly grantedAt: number
  /** A disabled account cannot use the console. */
  readonly disabled: boolean
}
