import type { Migration } from 'kysely/migration'
import * as beginnings from './0001-beginnings.ts'

/** In order, forward only, each frozen once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-beginnings': beginnings,
}
