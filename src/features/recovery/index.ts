export { announceDisabledPassword } from './announce-disabled-password.ts'
export { recoveryRoutes } from './recovery.routes.tsx'
export { sendRecoveryMail } from './send-recovery-mail.ts'
