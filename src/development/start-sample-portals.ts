import { fileURLToPath } from 'node:url'
import type { Foundation } from '#compose/index.ts'
import { registerPortal } from '#features/portal/index.ts'
import { freePort, type RunningProgram, startProgram } from './start-program.ts'

const program = fileURLToPath(new URL('./portals/main.ts', import.meta.url))

const portals = [
  { id: 'nordwind', name: 'Nordwind', colour: '#1d4ed8', offset: 4 },
  { id: 'suedstern', name: 'Südstern', colour: '#9a3412', offset: 5 },
] as const

export type SamplePortals = {
  readonly places: readonly { readonly name: string; readonly url: string }[]
  readonly close: () => void
}

/** Registers the two sample portals with their current ports, and starts them. */
export async function startSamplePortals(foundation: Foundation): Promise<SamplePortals> {
  const { clock, config, database, random, secrets } = foundation
  const settings = []
  for (const { id, name, colour, offset } of portals) {
    const port = await freePort(config.port + offset)
    const url = `http://localhost:${port}`
    await database.inTransaction((stores) => stores.portals.delete(id))
    const clientSecret = await registerPortal(
      { clock, random, secrets, inTransaction: database.inTransaction },
      {
        id,
        name,
        colour,
        redirectUris: [`${url}/callback`],
        postLogoutRedirectUris: [`${url}/signed-out`],
        backchannelLogoutUri: `${url}/backchannel-logout`,
        startUri: `${url}/sign-in`,
        logoUri: null,
        access: { kind: 'everybody' },
      },
    )
    settings.push({ id, name, colour, port, clientId: id, clientSecret })
  }
  const running: RunningProgram<unknown> = await startProgram(program, {
    issuer: config.url.origin,
    portals: settings,
  })
  return {
    places: settings.map(({ name, port }) => ({ name, url: `http://localhost:${port}/` })),
    close: running.close,
  }
}
