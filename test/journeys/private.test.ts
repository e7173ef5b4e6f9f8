import { journeys } from './people.ts'
import { assertIsInPortal, goThrough, newNetworkAccount, password, signInWithPassword } from './steps.ts'
import { assertDoesNotSay, assertSays } from './visitor.ts'

const { everybody } = journeys({ server: { EINLASS_DISCLOSURE: 'private' } })

everybody('In private disclosure the page keeps to itself what the mail tells me', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const account = newNetworkAccount()
  const before = earlier()
  await before.open(`${stage.url}/sign-in`)
  await goThrough(journey, before, 'sim-google', account)
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await signInWithPassword(journey, visitor, account.email)
  await assertSays(visitor, words.notRight)
  await assertDoesNotSay(visitor, words.noPasswordYet)
  await visitor.press(words.forgot)
  await visitor.type(words.identifier, account.email)
  await visitor.press(words.sendLink)
  await assertSays(visitor, words.recoverySent)
  await visitor.open((await stage.nextMail(account.email)).link)
  await visitor.type(words.newPassword, password)
  await visitor.press(words.establish)
  await visitor.press(words.toSignIn)
  await signInWithPassword(journey, visitor, account.email)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})
