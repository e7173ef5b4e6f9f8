export {
  type Channel,
  type EnqueueDeps,
  enqueue,
  type MailRequest,
  type MessageByChannel,
  type Order,
  replace,
  replaceWithNothing,
} from './enqueue.ts'
export { type Fate, type OutboxState, type OutboxStore, outboxStore } from './outbox.store.ts'
export { type Deliver, type OutboxWorker, PermanentRefusal, startOutboxWorker, type Transports } from './worker.ts'
