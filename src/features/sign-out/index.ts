export { SignOutPage } from './sign-out.page.tsx'
export { signOutRoutes } from './sign-out.routes.tsx'
