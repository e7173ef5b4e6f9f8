import type { Migration } from 'kysely/migration'
import * as beginnings from './0001-beginnings.ts'
import * as providerHealth from './0002-provider-health.ts'
import * as networks from './0003-networks.ts'
import * as authenticators from './0004-authenticators.ts'

/** In order and forward only. A released migration is frozen. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-beginnings': beginnings,
  '0002-provider-health': providerHealth,
  '0003-networks': networks,
  '0004-authenticators': authenticators,
}
