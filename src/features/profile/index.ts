export { linkReturn, profileRoutes, stepUpReturn } from './profile.routes.tsx'
export { stepUpPath } from './profile-urls.ts'
