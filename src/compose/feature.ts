import type { FastifyInstance } from 'fastify'
import type { Transport } from '#outbox/index.ts'

/** What a feature gives to the server. Features return it by shape: they do not know this file. */
export type Feature = {
  readonly routes?: (app: FastifyInstance) => void
  /** Background work that its requests leave in the outbox. */
  readonly orders?: readonly Transport[]
  /** Removes what has expired, and does what is due each day; called every ten minutes. */
  readonly tidy?: () => Promise<unknown>
  readonly close?: () => Promise<void> | void
}
