export { stepUpReturn, stepUpRoutes } from './step-up.routes.tsx'
export { stepUpPath } from './step-up-urls.ts'
