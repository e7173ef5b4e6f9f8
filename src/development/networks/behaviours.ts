import { second } from '#kernel/duration.ts'
import type { Call } from './call.ts'
import type { Answer } from './web/index.ts'

type Behave = (call: Call, answer: () => Promise<Answer>) => Promise<Answer | 'reset'>

/**
 * Only browsers send Sec-Fetch-Site. Node's `fetch` sends Sec-Fetch-Mode, too, so that header says nothing.
 */
function isFromBrowser({ endpoint, visit }: Call): boolean {
  return endpoint === 'page' || visit.headers['sec-fetch-site'] !== undefined
}

const nonsense: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>\u{1f6a7}</title><p>We will be <b>right back',
}

const serverError: Answer = {
  status: 500,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html lang="en"><title>Error 500</title><h1>500</h1><p>That is an error. Please try again later.',
}

/** How a network responds to all requests. */
export const behaviours = {
  operational: (_call, answer) => answer(),
  slow: async (call, answer) => {
    await call.wait(30 * second)
    return answer()
  },
  down: async () => 'reset',
  blocked: async (call, answer) => (isFromBrowser(call) ? 'reset' : answer()),
  error: async () => serverError,
  malformed: async (call, answer) => (call.endpoint === 'page' ? answer() : nonsense),
  // The key is replaced when the behaviour is set. After that the network works normally.
  'rotated-keys': (_call, answer) => answer(),
} satisfies Readonly<Record<string, Behave>>

export type BehaviourName = keyof typeof behaviours

export const behaviourNames = Object.keys(behaviours) as [BehaviourName, ...BehaviourName[]]
