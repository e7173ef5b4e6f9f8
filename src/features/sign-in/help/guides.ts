import { signInPath } from '../sign-in-urls.ts'
import type { Way } from '../way.ts'

/** One way round a social network, step by step; all words are keys of `helpMessages`. */
const guides = [
  {
    means: 'password',
    path: signInPath,
    title: 'help.password.title',
    steps: ['help.password.step-1', 'help.password.step-2', 'help.password.step-3'],
    button: 'help.password.button',
  },
  {
    means: 'mailed-link',
    path: '/recover',
    title: 'help.mail.title',
    steps: ['help.mail.step-1', 'help.mail.step-2', 'help.mail.step-3', 'help.mail.step-4'],
    button: 'help.mail.button',
  },
  {
    means: 'qr',
    path: '/sign-in/qr',
    title: 'help.qr.title',
    steps: ['help.qr.step-1', 'help.qr.step-2', 'help.qr.step-3'],
    button: 'help.qr.button',
  },
] as const

/** Those that are offered now. */
export function guidesFor(ways: readonly Way[]) {
  return guides.filter(({ means }) => ways.some((way) => way.means === means && way.state === 'works'))
}
