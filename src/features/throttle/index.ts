export { budget } from './budget.ts'
export { reset, type ThrottleDeps, take, takeOrRefuse } from './take.ts'
export { throttle } from './throttle.feature.ts'
export { type ThrottleStore, throttleStore } from './throttle.store.ts'
