export { createExposition, type Exposition } from './exposition.ts'
export { type Counted, type Counters, createCounters, type SignInOutcome, signInOutcomes } from './tally.ts'
