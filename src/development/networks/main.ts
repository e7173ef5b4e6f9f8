import { startNetworks } from './start-networks.ts'
import { runAsChildProcess } from './web/index.ts'

await runAsChildProcess(startNetworks, ({ urls, controlUrl }) => ({ urls, controlUrl }))
