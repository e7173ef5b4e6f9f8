/**
 * Runs a development program that the server forks: reads settings as JSON from its argument, sends a report to the
 * parent once it listens, and exits with the parent. Without a parent process it prints the report.
 */
export async function runAsChildProcess<Settings, Running>(
  start: (settings: Settings) => Promise<Running>,
  report: (running: Running) => Readonly<Record<string, unknown>>,
): Promise<void> {
  process.on('disconnect', () => process.exit())
  const running = await start(JSON.parse(process.argv[2] ?? '{}') as Settings)
  const ready = { ready: true, ...report(running) }
  if (process.send) process.send(ready)
  else console.log(JSON.stringify(ready))
}
