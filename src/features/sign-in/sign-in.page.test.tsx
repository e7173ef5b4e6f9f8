import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { renderPage } from '#ui/render.ts'
import { styleHash } from '#ui/styles.ts'
import { SignInPage, type SignInPageProps } from './sign-in.page.tsx'
import { wayOf } from './testing/ways.ts'

const networks = ['Google', 'X', 'Microsoft', 'GitHub', 'GitLab', 'LinkedIn', 'VK', 'Discord'].map((name) =>
  wayOf('network', { network: { id: name.toLowerCase(), name, logo: name.toLowerCase() } }),
)

function render(props: Partial<SignInPageProps> = {}): string {
  const view = { locale: 'de', csrfToken: 'csrf-token', path: '/sign-in', scriptUrl: '/assets/main.js' } as const
  return renderPage(<SignInPage view={view} identifier="" ways={networks} continueTo="/portals" {...props} />)
}

describe('the sign-in page', () => {
  test('is at most 10 KiB and needs no other request before it can be used', () => {
    const html = render()
    assert.ok(brotliCompressSync(html).length <= 10 * 1024)
    assert.deepEqual(html.match(/<(img|iframe|link rel="stylesheet")/g), null)
    assert.match(html, /<script type="module" src="\/assets\/main.js" defer/)
  })

  test('contains no style except the one that the policy allows, and no inline script', () => {
    const html = render()
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? []
    assert.equal(createHash('sha256').update(style).digest('base64'), styleHash)
    assert.doesNotMatch(html, / style=|<script(?![^>]* src=)| on[a-z]+="/)
  })

  test('is one form with the fields that password managers recognise', () => {
    const [form = ''] = /<form method="post" action="\/sign-in".*?<\/form>/s.exec(render()) ?? []
    assert.match(form, /name="identifier"[^>]*autocomplete="username"/)
    assert.match(form, /name="password"[^>]*autocomplete="current-password"/)
    assert.match(form, /name="csrf" value="csrf-token"/)
    assert.match(form, /name="continue" value="\/portals"/)
  })

  test('never echoes a password', () => {
    assert.doesNotMatch(render({ problem: { code: 'sign-in.not-right' } }), /type="password"[^>]* value=/)
  })

  test('escapes user input', () => {
    assert.doesNotMatch(render({ identifier: '"><script>alert(1)</script>' }), /<script>alert/)
  })

  test('explains a profile without a password and passes the address on', () => {
    const html = render({ identifier: 'anna@example.org', rescue: 'social-only' })
    assert.match(
      html,
      /Diese Adresse gehört zu einem Profil, das über ein soziales Netzwerk angemeldet wird\. Dafür ist noch kein Passwort festgelegt\./,
    )
    assert.match(html, /action="\/recover".*?name="identifier" value="anna@example.org"/s)
  })

  test('shows a problem at its field, and otherwise above the form', () => {
    const beside = render({ problem: { code: 'sign-in.password-missing', field: 'password' } })
    assert.match(beside, /aria-invalid[^>]*aria-describedby="password-error"/)
    assert.match(beside, /id="password-error"/)
    assert.match(render({ problem: { code: 'sign-in.too-many', retryAfter: 90 } }), /role="status".*2 Minuten/s)
  })

  test('does not hide a network that is in trouble', () => {
    const down = wayOf('network', { state: 'down', since: 0, network: { id: 'apple', name: 'Apple', logo: 'apple' } })
    const html = render({ ways: [...networks, down] })
    assert.ok(html.indexOf('Apple') > 0 && html.indexOf('Apple') < html.indexOf('<details'))
    assert.match(html, /zurzeit nicht erreichbar, seit <time/)
  })

  test('makes the browser check networks that may work, but not those known to be down', () => {
    const network = { id: 'apple', name: 'Apple', logo: 'apple', origin: 'https://apple.example' }
    for (const [state, looks] of [
      ['works', true],
      ['troubled', true],
      ['down', false],
    ] as const) {
      const html = render({ ways: [wayOf('network', { state, network })] })
      assert.equal(html.includes('data-network="https://apple.example"'), looks, state)
    }
  })
})
