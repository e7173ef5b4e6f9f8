// Import this before the engine, which warns on every Node release that is not LTS yet, and only reads this property.
// The release that we run on is pinned and tested (docs/decisions/0002).
Object.assign(process.release, { lts: process.release.lts ?? 'none yet' })
