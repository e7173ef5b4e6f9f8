// The upper limit of password sign-ins: only argon2id with our parameters. Sends hashes per second, 8 concurrently.
import { hash } from '@node-rs/argon2'
import { parameters } from '#features/password/hasher.ts'
import { load } from './client.ts'

const { perSecond } = await load(8, Number(process.argv[2]), async () => {
  await hash('korrekt pferd batterie', parameters)
})
process.send?.(perSecond)
process.disconnect?.()
