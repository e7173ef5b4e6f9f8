/** What an operator decided by hand, until an instant: it goes before anything that was seen. */
export type Override = {
  readonly providerId: string
  readonly state: 'troubled' | 'off'
  readonly until: number
  /** Account of the operator. */
  readonly setBy: string
  readonly setAt: number
}
