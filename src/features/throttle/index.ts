export { budget } from './budget.ts'
export { reset, type ThrottleDeps, take, takeOrRefuse } from './take.ts'
export { type ThrottleStore, throttleStore } from './throttle.store.ts'
