/** An operator's manual decision with an expiry. It takes precedence over all evidence. */
export type Override = {
  readonly providerId: string
  readonly state: 'troubled' | 'off'
  readonly until: number
  /** Account id of the operator. */
  readonly setBy: string
  readonly setAt: number
}
