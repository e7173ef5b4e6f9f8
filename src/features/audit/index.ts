export { type AuditStore, auditStore } from './audit.store.ts'
export type { AuditEntry } from './audit.ts'
export { type RecordDeps, record } from './record.ts'
