export { startSession } from './start-session.ts'
export { strengthenSession } from './strengthen-session.ts'
