// Imported before the engine, which prints a warning for every release of Node that is not a long-term one yet. It
// looks at this property alone; the release it runs on is pinned and tested (docs/decisions/0002).
Object.assign(process.release, { lts: process.release.lts ?? 'none yet' })
