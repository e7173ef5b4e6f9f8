import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { paths } from '#ui/paths.ts'
import { httpProblem } from './form.ts'

const folder = fileURLToPath(new URL('../../dist/browser/', import.meta.url))

/** The built page scripts, kept in memory and served under file names that contain their hashes. */
export type Assets = {
  readonly urlOf: (name: string) => string | undefined
  readonly routes: (app: FastifyInstance) => void
}

/** Reads the build output. Without a build, pages have no script. */
export function readAssets(): Assets {
  const manifestFile = `${folder}manifest.json`
  const manifest: Readonly<Record<string, string>> = existsSync(manifestFile)
    ? JSON.parse(readFileSync(manifestFile, 'utf8'))
    : {}
  const files = new Map(Object.values(manifest).map((file) => [file, readFileSync(folder + file)]))
  return {
    urlOf: (name) => manifest[name] && `${paths.assets}/${manifest[name]}`,
    routes: (app) => {
      app.get(`${paths.assets}/:file`, (request, reply) => {
        const content = files.get((request.params as { file: string }).file)
        if (!content) throw httpProblem('http.not-found')
        return reply
          .type('text/javascript; charset=utf-8')
          .header('cache-control', 'public, max-age=31536000, immutable')
          .send(content)
      })
    },
  }
}
