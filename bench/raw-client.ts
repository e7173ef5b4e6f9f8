// Repeats one request over keep-alive connections and counts the responses, with as little overhead as possible.
// Arguments: port, seconds, connections, path, cookie. Sends { perSecond, p50, p99 } with latencies in milliseconds.
import { connect } from 'node:net'

const [port, seconds, connections, path, cookie] = process.argv.slice(2)
const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n\r\n`)
const latencies: number[] = []
const begin = performance.now()
const end = begin + Number(seconds) * 1000

function runConnection(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost')
    let sentAt = 0
    const send = () => {
      sentAt = performance.now()
      socket.write(request)
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    // Responses are far smaller than a TCP segment, so each arrives in one piece.
    socket.on('data', (answer) => {
      const now = performance.now()
      latencies.push(now - sentAt)
      if (answer.toString('latin1', 9, 12) !== '200') reject(new Error(answer.toString('latin1', 0, 60)))
      if (now < end) return send()
      socket.destroy()
      resolve()
    })
  })
}

await Promise.all(Array.from({ length: Number(connections) }, runConnection))
const elapsed = (performance.now() - begin) / 1000
latencies.sort((a, b) => a - b)
const quantile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
process.send?.({
  perSecond: latencies.length / elapsed,
  p50: quantile(0.5),
  p99: quantile(0.99),
  done: latencies.length,
})
process.disconnect?.()
