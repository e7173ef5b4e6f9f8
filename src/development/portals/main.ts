import { runAsChildProcess } from '../networks/web/index.ts'
import { startPortals } from './start-portals.ts'

await runAsChildProcess(startPortals, ({ urls }) => ({ urls }))
