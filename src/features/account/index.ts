export { type AccountStore, accountStore } from './account.store.ts'
export { type Account, type AccountIdentifier, primaryEmail, proved } from './account.ts'
export { type IdentifierStore, identifierStore } from './identifier.store.ts'
export {
  deliverable,
  type EmailAddress,
  type Identifier,
  type PhoneNumber,
  parseEmailAddress,
  parseIdentifier,
} from './identifier.ts'
export { maySignIn } from './sign-in-gate.ts'
