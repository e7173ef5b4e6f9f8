export { signUp } from './sign-up.feature.ts'
