// Runs the given test files in this process, since starting a process for each would take most of the time. Each file
// is a suite, so that its hooks apply only to its own tests. A handle that a test leaves open fails the run instead of
// hanging it.
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'

for (const file of process.argv.slice(2)) {
  describe(file, async () => {
    try {
      await import(pathToFileURL(file).href)
    } catch (error) {
      // Node does not count a suite whose callback throws.
      test('can be loaded', () => Promise.reject(error))
    }
  })
}

after(() => {
  const leak = () => {
    console.error('A test left something open:', process.getActiveResourcesInfo())
    process.exit(1)
  }
  setTimeout(leak, 5_000).unref()
})
