export { type Counted, type Counters, createCounters, type SignInOutcome, signInOutcomes } from './counters.ts'
export { createExposition, type Exposition } from './exposition.ts'
