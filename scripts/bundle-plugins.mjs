// Rolldown plugins for our bundles.
import http from 'node:http'
import { dirname, join, relative, sep } from 'node:path'

/**
 * Sources use `new URL('./hash-worker.ts', import.meta.url)` for a program to start and
 * `new URL('../../dist/browser/', import.meta.url)` for build output. Bundles lie in other folders, so such relative
 * URLs are rewritten.
 */
export function fileAddresses({ source, dist, programs }) {
  const address = /new URL\(\s*'([^']+)'\s*,\s*import\.meta\.url\s*\)/g
  const marker = /"einlass-dist:([^"]*)"/g
  const resolveInDist = (path) => {
    const inDist = relative(dist, path)
    if (!inDist.startsWith('..')) return inDist
    const program = relative(source, path)
    return programs.includes(program) ? program.replace(/\.ts$/, '.js') : undefined
  }
  return {
    name: 'file-addresses',
    transform: {
      filter: {
        id: { include: [/[\\/]src[\\/].*\.tsx?$/], exclude: [/[\\/]node_modules[\\/]/] },
        code: 'import.meta.url',
      },
      handler(code, id) {
        const rewritten = code.replace(address, (_, path) => {
          const target = resolveInDist(join(dirname(id), path))
          if (target === undefined) this.error(`${path} is neither a program nor in dist/, so it would not be found`)
          const slash = path.endsWith('/') && target !== '' ? '/' : ''
          return `new URL("einlass-dist:${target.split(sep).join('/')}${slash}", import.meta.url)`
        })
        return { code: rewritten, map: null } // lines do not move
      },
    },
    renderChunk(code, chunk) {
      if (!code.includes('einlass-dist:')) return null
      const up = '../'.repeat(chunk.fileName.split('/').length - 1) || './'
      return { code: code.replace(marker, (_, path) => JSON.stringify(up + path)), map: null }
    },
  }
}

/**
 * `import … from 'node:http'` reads every export, including the getter of WebSocket, which loads all of fetch: 40 ms
 * of the start. This module re-exports only what is not a getter.
 */
export function slimHttp() {
  const id = '\0slim-http'
  const names = Object.entries(Object.getOwnPropertyDescriptors(http))
    .filter(([, property]) => !property.get)
    .map(([name]) => name)
  return {
    name: 'slim-http',
    resolveId: {
      filter: { id: /^(?:node:)?http$/ },
      handler: (_, __, { kind }) => (kind === 'import-statement' ? { id, moduleSideEffects: false } : null),
    },
    load: {
      filter: { id: /^\0slim-http$/ },
      handler: () => `
        const http = process.getBuiltinModule('node:http')
        export default http
        export const { ${names.join(', ')} } = http`,
    },
  }
}
