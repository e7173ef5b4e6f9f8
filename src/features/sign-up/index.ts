export { sendSignUpMail, signUpMails } from './send-sign-up-mail.ts'
export { signUpRoutes } from './sign-up.routes.tsx'
