import { z } from 'zod'

/** An account at a simulated network, as the control server accepts it. */
export const accountSchema = z.strictObject({
  subject: z.string().min(1).max(255),
  name: z.string().nullish(),
  email: z.string().nullish(),
  emailVerified: z.boolean().default(false),
  /** The domain of the company that the account belongs to: Google's `hd`. */
  hd: z.string().nullish(),
})

export type Account = z.infer<typeof accountSchema>

/** The predefined accounts: one for each kind of address that a relying party must distinguish. */
export const personas: readonly Account[] = [
  { subject: '1001', name: 'Anna Lindner', email: 'anna.lindner@gmail.com', emailVerified: true },
  { subject: '1002', name: 'Ben Okafor', email: 'ben.okafor@example.org', emailVerified: false },
  { subject: '1003', name: 'Clara Vogt', emailVerified: false },
  { subject: '1004', name: 'Deniz Arslan', email: 'deniz@firma.example', emailVerified: true, hd: 'firma.example' },
]

/** The handle of an account: letters of the name, and digits of the subject to make it unique. */
export function handleOf({ name, subject }: Account): string {
  const letters = (name ?? '')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return `${letters.slice(0, 10) || 'account'}${subject.replace(/[^0-9A-Za-z]/g, '').slice(-4)}`
}
