import type { FastifyInstance } from 'fastify'
import type { Transport } from '#outbox/index.ts'

/** What a feature adds to the server. Features return this shape without importing this file. */
export type Feature = {
  readonly routes?: (app: FastifyInstance) => void
  /** Handlers for background work that its requests put into the outbox. */
  readonly orders?: readonly Transport[]
  /** Deletes expired rows and runs daily tasks that are due. Called every ten minutes. */
  readonly tidy?: () => Promise<unknown>
  readonly close?: () => Promise<void> | void
}
