export { announceDisabledPassword } from './announce-disabled-password.ts'
export { recovery } from './recovery.feature.ts'
