export {
  type Channel,
  type EnqueueDeps,
  enqueue,
  enqueueInstead,
  enqueueNothing,
  type MailOrder,
  type Messages,
  type Order,
} from './enqueue.ts'
export { type Fate, type OutboxState, type OutboxStore, outboxStore } from './outbox.store.ts'
export { type Deliver, type OutboxWorker, PermanentRefusal, startOutboxWorker, type Transports } from './worker.ts'
