export { type Counter, type Counters, createCounters } from './counters.ts'
export { createExposition, type Exposition, type Gauge } from './exposition.ts'
