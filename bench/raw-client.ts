// Asks for one address again and again over kept connections and counts answers: next to nothing of the machine goes to
// asking. Arguments: port, seconds, connections, path, cookie. Sends { perSecond, p50, p99 } with latencies in
// milliseconds.
import { connect } from 'node:net'

const [port, seconds, connections, path, cookie] = process.argv.slice(2)
const asked = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n\r\n`)
const latencies: number[] = []
const begin = performance.now()
const end = begin + Number(seconds) * 1000

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost')
    let sentAt = 0
    const send = () => {
      sentAt = performance.now()
      socket.write(asked)
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    // Answers are far smaller than a segment: each arrives whole.
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

await Promise.all(Array.from({ length: Number(connections) }, ask))
const elapsed = (performance.now() - begin) / 1000
latencies.sort((a, b) => a - b)
const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
process.send?.({ perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99), done: latencies.length })
process.disconnect?.()
