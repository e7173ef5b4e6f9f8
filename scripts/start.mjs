// `npm start`: the built server in development mode, unless the environment says otherwise.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { continueIn, root } from './runtime.mjs'

const main = join(root, 'dist/main.js')
if (!existsSync(main)) {
  console.error('Einlass is not built yet. Run "npm ci && npm run build" first.')
  process.exit(1)
}
process.env.EINLASS_DEVELOPMENT ??= 'true'
await continueIn(main)
