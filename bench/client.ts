import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** One request over a keep-alive connection. Cheaper than fetch, so that the client takes less of the CPU. */
export function send(
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = body
      ? { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
      : headers
    const sent = request(url, { method, headers: all, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('latin1'),
        }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The cookies of one browser. */
export class Jar {
  readonly #cookies = new Map<string, string>()

  keep(answer: Answer): Answer {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

export type Load = { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly done: number }

/** Repeats `act` for some seconds at the given concurrency. Percentiles are in milliseconds. */
export async function load(concurrency: number, seconds: number, act: (turn: number) => Promise<void>): Promise<Load> {
  const latencies: number[] = []
  const begin = performance.now()
  const end = begin + seconds * 1000
  let turn = 0
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const started = performance.now()
        turn += 1
        await act(turn)
        latencies.push(performance.now() - started)
      }
    }),
  )
  const elapsed = (performance.now() - begin) / 1000
  latencies.sort((a, b) => a - b)
  const quantile = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: latencies.length / elapsed, p50: quantile(0.5), p99: quantile(0.99), done: latencies.length }
}

/** A different client network each time, as if many people came through the load balancer. */
export function clientAddress(turn: number): string {
  return `10.${(turn >> 8) & 255}.${turn & 255}.1`
}
