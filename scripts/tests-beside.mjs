// Runs the test files it is given in this one process: starting a process for each would take most of the time.
// What a test leaves open fails the run instead of stopping it.
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'

for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(file).href)
  } catch (error) {
    test(`${file} can be loaded`, () => Promise.reject(error))
  }
}

after(() => {
  const leak = () => {
    console.error('A test left something open:', process.getActiveResourcesInfo())
    process.exit(1)
  }
  setTimeout(leak, 5_000).unref()
})
