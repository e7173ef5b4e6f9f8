export { type BudgetName, budgets, reset, type ThrottleDeps, take, takeOrRefuse, waitFor } from './take.ts'
export { type ThrottleStore, throttleStore } from './throttle.store.ts'
