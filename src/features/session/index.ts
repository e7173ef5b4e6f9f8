export { type BrowserSessions, browserSessions } from './browser-sessions.web.ts'
export { type EndSessionsStores, endAllSessions, endSession, type SessionsEndedPort } from './end-sessions.ts'
export { type KnownBrowserStore, knownBrowserStore } from './known-browser.store.ts'
export { type AuthenticatorKind, amrOf, authTime, type Proof, type UsedWay } from './proof.ts'
export { type SessionStore, sessionStore } from './session.store.ts'
export type { Session } from './session.ts'
export { sessionCheckRoute } from './session-check.routes.ts'
export { sessionCheckStore } from './session-check.store.ts'
export {
  type Browser,
  type StartedSession,
  type StartSessionDeps,
  type StartSessionStores,
  startSession,
} from './start-session.ts'
export { requireFresh, type StrengthenStores, sessionProblem, strengthenSession } from './strengthen-session.ts'
