export { stepUp } from './step-up.feature.ts'
export { stepUpPath } from './step-up-urls.ts'
