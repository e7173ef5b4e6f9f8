/**
 * The frame of a development program that the main server forks: settings as JSON in its one argument, a report to the
 * parent once everything listens, and an end together with the parent. Started by hand it prints the report.
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
