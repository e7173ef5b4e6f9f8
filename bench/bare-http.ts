// The baseline of a session check: Node's own server, sending the same bytes without a lookup.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = JSON.stringify({
  subject: 'cHJs9UpbDwUWVQKdikRY',
  name: 'Anna',
  identifiers: [{ kind: 'email', value: 'anna@example.org' }],
  amr: ['pwd'],
  auth_time: 1795381813,
  expires_at: 1795986613,
})
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.listen(0, 'localhost', () => process.send?.((server.address() as AddressInfo).port))
