#!/usr/bin/env node
// The einlass command. npm may start it on an older Node than the one it runs on.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { continueIn, root } from '../scripts/runtime.mjs'

const main = join(root, 'dist/cli/main.js')
if (!existsSync(main)) {
  console.error('Einlass is not built yet. Run "npm ci && npm run build" first.')
  process.exit(1)
}
await continueIn(main, process.argv.slice(2))
