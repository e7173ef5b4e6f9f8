import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigurationFault, readConfig } from './config.ts'

const complete = {
  EINLASS_URL: 'https://id.example.org',
  EINLASS_DATABASE: 'postgres://einlass@db/einlass',
  EINLASS_SMTP: 'smtp://mail.example.org:587',
  EINLASS_MAIL_FROM: 'id@example.org',
  EINLASS_SECRET_FILE: '/run/secrets/einlass',
}

function faultsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigurationFault, String(error))
    for (const fault of error.faults) assert.ok(error.message.includes(fault))
    return error.faults
  }
}

const names = (faults: readonly string[]) => faults.map((fault) => fault.slice(0, fault.indexOf(':'))).toSorted()

test('a complete configuration is taken', () => {
  const config = readConfig(complete)
  assert.equal(config.url.origin, 'https://id.example.org')
  assert.equal(config.development, false)
  assert.deepEqual(config.trustedProxies, [])
  assert.ok(Object.isFrozen(config))
})

test('CRY-3: nothing is made up for what is missing outside development', () => {
  assert.deepEqual(names(faultsOf({})), Object.keys(complete).toSorted())
  assert.equal(readConfig({ EINLASS_DEVELOPMENT: 'true' }).url.origin, 'http://localhost:8080')
})

test('a setting under its old name is read, with a warning that names the new one', () => {
  const old = readConfig({ ...complete, EINLASS_PRIVATE_NETWORKS: '10.0.0.0/8' })
  assert.deepEqual(old.outboundRanges, ['10.0.0.0/8'])
  assert.match(old.warnings.join(), /^EINLASS_PRIVATE_NETWORKS is now called EINLASS_OUTBOUND_RANGES\./)
  const both = readConfig({
    ...complete,
    EINLASS_PRIVATE_NETWORKS: '10.0.0.0/8',
    EINLASS_OUTBOUND_RANGES: '192.168.0.0/16',
  })
  assert.deepEqual(both.outboundRanges, ['192.168.0.0/16'])
  assert.deepEqual(readConfig({ ...complete, EINLASS_OUTBOUND_RANGES: '10.0.0.0/8' }).warnings, [])
  assert.deepEqual(names(faultsOf({ ...complete, EINLASS_PRIVATE_NETWORKS: 'everything' })), [
    'EINLASS_OUTBOUND_RANGES',
  ])
})

test('all faults are told at once: what is wrong, what is missing, and what is no setting', () => {
  const faults = faultsOf({
    EINLASS_URL: 'ftp://id.example.org',
    EINLASS_PORT: '70000',
    EINLASS_DISCLOSURE: 'open',
    EINLASS_MAIL_FORM: 'id@example.org',
    EINLASS_DATABASE: 'mysql://db',
  })
  assert.deepEqual(names(faults), [
    'EINLASS_DATABASE',
    'EINLASS_DISCLOSURE',
    'EINLASS_MAIL_FORM',
    'EINLASS_MAIL_FROM',
    'EINLASS_PORT',
    'EINLASS_SECRET_FILE',
    'EINLASS_SMTP',
    'EINLASS_URL',
  ])
  assert.ok(faults.some((fault) => fault.includes('did you mean EINLASS_MAIL_FROM')))
})

test('what is wrong is not told to be missing as well', () => {
  const faults = faultsOf({ ...complete, EINLASS_URL: 'id.example.org' })
  assert.equal(faults.length, 1)
})

test('RST-1: the public address is an origin and nothing else', () => {
  const wrong = [
    'https://id.example.org/sign-in',
    'https://id.example.org?x',
    'https://id.example.org#x',
    'https://user@id.example.org',
    'https://:password@id.example.org',
    'javascript:alert(1)',
    'id.example.org',
    'http://id.example.org',
  ]
  for (const url of wrong) assert.deepEqual(names(faultsOf({ ...complete, EINLASS_URL: url })), ['EINLASS_URL'], url)
  assert.deepEqual(faultsOf({ ...complete, EINLASS_URL: 'http://127.0.0.1:8080' }), [])
  assert.equal(readConfig({ ...complete, EINLASS_URL: 'https://ID.example.org:443/' }).url.host, 'id.example.org')
})

test('SES-8: only addresses and networks can be trusted proxies, and never everybody', () => {
  const proxies = (text: string) => names(faultsOf({ ...complete, EINLASS_TRUSTED_PROXIES: text }))
  for (const wrong of [
    'true',
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    'proxy.example',
    '1',
    '10.0.0',
  ]) {
    assert.deepEqual(proxies(wrong), ['EINLASS_TRUSTED_PROXIES'], wrong)
  }
  assert.deepEqual(proxies('10.0.0.0/8, 127.0.0.1 ::1,fd00::/8 loopback'), [])
})

test('development refuses to be on where the address is https and public', () => {
  const development = { EINLASS_DEVELOPMENT: 'true' }
  assert.deepEqual(names(faultsOf({ ...development, EINLASS_URL: 'https://id.example.org' })), ['EINLASS_DEVELOPMENT'])
  assert.deepEqual(faultsOf({ ...development, EINLASS_URL: 'https://localhost' }), [])
  assert.deepEqual(names(faultsOf({ ...complete, EINLASS_DEVELOPMENT: 'maybe' })), ['EINLASS_DEVELOPMENT'])
})

test('the environment goes over the file, and a file that can not be read is a fault among the others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-config-'))
  const file = join(folder, 'einlass.yaml')
  writeFileSync(file, 'url: https://file.example\ntrusted-proxies: [10.0.0.1, 10.0.0.2]\nEINLASS_DISCLOSURE: private\n')
  const config = readConfig({ ...complete, EINLASS_CONFIG: file })
  assert.equal(config.url.origin, complete.EINLASS_URL)
  assert.equal(config.disclosure, 'private')
  assert.deepEqual(config.trustedProxies, ['10.0.0.1', '10.0.0.2'])
  writeFileSync(file, '- a list\n')
  assert.deepEqual(names(faultsOf({ EINLASS_CONFIG: file, ...complete, EINLASS_PORT: 'x' })), [
    'EINLASS_CONFIG',
    'EINLASS_PORT',
  ])
  rmSync(folder, { recursive: true })
})

test('LOG-2: a fault does not repeat what was given, which may be a password', () => {
  const secret = 'hunter2-and-more'
  const faults = faultsOf({ ...complete, EINLASS_SMTP: secret, EINLASS_DATABASE: `mysql://einlass:${secret}@db` })
  assert.equal(faults.length, 2)
  assert.ok(!faults.join().includes(secret))
})

test('a metrics token that could be guessed is refused, and not repeated', () => {
  assert.equal(readConfig(complete).metricsToken, undefined)
  const token = 'Zx8-QpTn4vKd_e2R'
  assert.equal(readConfig({ ...complete, EINLASS_METRICS_TOKEN: token }).metricsToken, token)
  for (const wrong of ['short', token.slice(1), `${token} and more`, `${token}\n`]) {
    const faults = faultsOf({ ...complete, EINLASS_METRICS_TOKEN: wrong })
    assert.deepEqual(names(faults), ['EINLASS_METRICS_TOKEN'])
    assert.ok(!faults.join().includes(wrong))
  }
})

test('SSRF-1: networks are at public addresses, unless the operator names a range', () => {
  assert.deepEqual(readConfig(complete).outboundRanges, [])
  const named = { ...complete, EINLASS_OUTBOUND_RANGES: '10.1.0.0/16, fd00::/8' }
  assert.deepEqual(readConfig(named).outboundRanges, ['10.1.0.0/16', 'fd00::/8'])
  for (const wrong of ['everything', '10.0.0.1', '0.0.0.0/0', '10.0.0.0/33']) {
    assert.deepEqual(names(faultsOf({ ...complete, EINLASS_OUTBOUND_RANGES: wrong })), ['EINLASS_OUTBOUND_RANGES'])
  }
  assert.deepEqual(readConfig({ EINLASS_DEVELOPMENT: 'true' }).outboundRanges, ['127.0.0.0/8', '::1/128'])
})
