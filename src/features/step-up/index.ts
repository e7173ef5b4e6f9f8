export { stepUp } from './step-up.feature.ts'
