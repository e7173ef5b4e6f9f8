export { type ArtifactStore, artifactStore } from './artifact.store.ts'
export { endEngineSessions, type Logout, logout } from './end-engine-sessions.ts'
export { type Oidc, openOidc } from './open-oidc.ts'
export { portalsOpenIn } from './portals-open-in.ts'
export { type SigningKeyStore, signingKeyStore } from './signing-key.store.ts'
export {
  type Rotation,
  rotateSigningKeys,
  type SigningKeyDeps,
} from './signing-keys.ts'
