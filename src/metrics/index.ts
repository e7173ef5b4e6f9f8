export { createExposition, type Exposition } from './exposition.ts'
export { type Counted, createTally, type SignInOutcome, signInOutcomes, type Tally } from './tally.ts'
