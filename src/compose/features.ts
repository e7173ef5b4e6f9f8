import type { FastifyRequest } from 'fastify'
import { administration } from '#features/administration/index.ts'
import { federation } from '#features/federation/index.ts'
import { mailedLink } from '#features/mailed-link/index.ts'
import { networkLink, type UnlinkNetworkInput, unlinkNetwork } from '#features/network-link/index.ts'
import { type OnPasswordDisabled, suggestPassphrase } from '#features/password/index.ts'
import { portal } from '#features/portal/index.ts'
import { profile } from '#features/profile/index.ts'
import { providerHealth } from '#features/provider-health/index.ts'
import { announceDisabledPassword, recovery } from '#features/recovery/index.ts'
import { type BrowserSessions, session, sessionCheckStore } from '#features/session/index.ts'
import { mayRemove, offerWays, signIn, waysOfAccount } from '#features/sign-in/index.ts'
import { signOut } from '#features/sign-out/index.ts'
import { signUp } from '#features/sign-up/index.ts'
import { stepUp } from '#features/step-up/index.ts'
import { throttle } from '#features/throttle/index.ts'
import { type Cookies, clientNetwork, type FastPath, type Pages } from '#http/index.ts'
import { day } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Counters } from '#metrics/index.ts'
import { type Oidc, portalsOpenIn } from '#oidc/index.ts'
import { paths } from '#ui/paths.ts'
import type { Feature } from './feature.ts'
import type { Foundation } from './foundation.ts'
import type { Networks } from './networks.ts'
import type { Stores } from './stores.ts'
import type { UseCases } from './use-cases.ts'

export type Parts = {
  readonly foundation: Foundation
  readonly useCases: UseCases
  readonly networks: Networks
  readonly counters: Counters
  readonly cookies: Cookies
  readonly fastPath: FastPath
  readonly pages: Pages
  readonly sessions: BrowserSessions
  readonly oidc: Oidc
}

/** Every feature with its dependencies. */
export function composeFeatures(parts: Parts): readonly Feature[] {
  const { foundation, useCases, networks, counters, cookies, fastPath, pages, sessions, oidc } = parts
  const { clock, config, database } = foundation
  const { inTransaction } = database
  return [
    throttle({ clock, inTransaction }),
    session({
      useCases: { ...useCases, sessionCheck: sessionCheckStore(foundation.connection) },
      fastPath,
      cookies,
    }),
    providerHealth({ clock, inTransaction, health: networks.health }),
    mailedLink({ clock, inTransaction }),
    ...waysIn(parts),
    portal({ read: database.read, pages, sessions }),
    administration({
      useCases: { ...useCases, redirectUriOf: networks.redirectUriOf },
      pages,
      sessions,
      metrics: {
        counters,
        health: networks.health,
        read: database.read,
        token: config.metricsToken,
        development: config.development,
      },
    }),
    oidc,
    outbox(foundation),
  ]
}

/** The features for signing in and for changing ways in. */
function waysIn(parts: Parts): readonly Feature[] {
  const { foundation, useCases, networks, cookies, pages, sessions } = parts
  const { read } = foundation.database
  const onPasswordDisabled: OnPasswordDisabled = (stores, accountId) =>
    announceDisabledPassword(useCases, stores, accountId)
  const web = {
    useCases: { ...useCases, onPasswordDisabled },
    pages,
    cookies,
    sessions,
    networkOrigins: networks.networkOrigins,
  }
  const mails = {
    deliveryStatus: (id: string) => read.outbox.deliveryStatus(id),
    suggestion: (locale: Locale) => suggestPassphrase(foundation.random, locale),
  }
  const features = { signIn: signIn(web), stepUp: stepUp(web), profile: profile({ ...web, ...profileParts(parts) }) }
  return [
    federation({
      ...web,
      returns: {
        'sign-in': features.signIn.networkReturn,
        'step-up': features.stepUp.networkReturn,
        link: features.profile.networkReturn,
      },
    }),
    networkLink(web),
    ...Object.values(features),
    signOut({ ...web, openPortals: (current) => portalsOpenIn(read, current.id) }),
    signUp({ ...web, ...mails, networks: (request) => networksFor(parts, request) }),
    recovery({ ...web, ...mails }),
  ]
}

function profileParts({ foundation, useCases }: Parts) {
  const mayUnlink = async (stores: Stores, accountId: AccountId, providerId: string) =>
    mayRemove(await waysOfAccount(useCases, stores, accountId), ({ network }) => network?.id === providerId)
  return {
    unlinkNetwork: (input: UnlinkNetworkInput) => unlinkNetwork({ ...useCases, mayUnlink }, input),
    consolePath: async (accountId: AccountId) =>
      (await foundation.database.read.operators.find(accountId)) ? paths.console : undefined,
  }
}

/** The networks that can be chosen in this browser. */
function networksFor({ useCases, sessions }: Parts, request: FastifyRequest) {
  const input = { knownToken: sessions.knownToken(request), clientNetwork: clientNetwork(request.ip) }
  return offerWays(useCases, input)
}

const statusKeptFor = 7 * day

function outbox({ clock, database }: Foundation): Feature {
  return {
    tidy: () => database.inTransaction(({ outbox }) => outbox.deleteDoneBefore(clock.now() - statusKeptFor)),
  }
}
