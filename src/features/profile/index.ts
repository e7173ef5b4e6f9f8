export { linkReturn, profileRoutes } from './profile.routes.tsx'
