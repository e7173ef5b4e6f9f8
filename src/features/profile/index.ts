export { profileReturn, profileRoutes } from './profile.routes.tsx'
export { stepUpPath } from './profile-urls.ts'
