export { type ProfileRoutesDeps, profileReturn, profileRoutes } from './profile.routes.tsx'
