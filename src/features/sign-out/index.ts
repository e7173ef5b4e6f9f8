export { signOut } from './sign-out.feature.ts'
export { SignOutPage } from './sign-out.page.tsx'
