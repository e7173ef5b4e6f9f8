// Runs the test files it is given in this one process: starting a process for each would take most of the time.
// Each is a suite of its own, so that what it does before and after its tests concerns no other.
// What a test leaves open fails the run instead of stopping it.
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'

for (const file of process.argv.slice(2)) {
  describe(file, async () => {
    try {
      await import(pathToFileURL(file).href)
    } catch (error) {
      // A suite that fails while it is made is counted nowhere.
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
