export { type AuditStore, auditStore } from './audit.store.ts'
export type { AuditEntry, AuditEvent } from './audit.ts'
export { type Happening, type RecordDeps, record } from './record.ts'
