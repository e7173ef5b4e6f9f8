// Checks the commit messages since the last version; with a path, only the message in that file (.githooks/commit-msg).
import { readFileSync } from 'node:fs'
import { historyFaults, messageFaults, withoutComments } from './commit-rules.mjs'
import { root } from './runtime.mjs'

const [file] = process.argv.slice(2)
const faults = file ? messageFaults(withoutComments(root, readFileSync(file, 'utf8'))) : historyFaults(root)
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
