export { announceDisabledPassword } from './announce-disabled-password.ts'
export { recoveryRoutes } from './recovery.routes.tsx'
export { recoveryMails, sendRecoveryMail } from './send-recovery-mail.ts'
