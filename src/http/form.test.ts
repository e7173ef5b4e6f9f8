import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseForm, secretField, textField } from './form.ts'

const malformed = { name: 'Problem', code: 'http.form-malformed' }

test('a form is decoded as browsers encode it', () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .filter((value) => !value.includes('\0') && value.isWellFormed())
  fc.assert(
    fc.property(fc.dictionary(text, text, { maxKeys: 20 }), (fields) => {
      assert.deepEqual(parseForm(new URLSearchParams(fields).toString()), new Map(Object.entries(fields)))
    }),
  )
})

test('RST-7: a form with a repeated name is rejected', () => {
  for (const body of [
    'a=1&a=2',
    'a=1&b=2&a=1',
    'a=1&%61=2',
    'a&a',
    'identifier=victim%40x.de&identifier=evil%40x.de',
  ]) {
    assert.throws(() => parseForm(body), malformed, body)
  }
})

test('RST-7: list syntax is part of the name and matches no field', () => {
  const form = parseForm('identifier[]=victim%40x.de&identifier[]2=evil%40x.de&identifier[a]=b')
  assert.equal(textField(form, 'identifier'), '')
})

test('RST-7: property names of Object.prototype have no effect', () => {
  const form = parseForm('__proto__=x&constructor=y&toString=z')
  assert.equal(textField(form, 'hasOwnProperty'), '')
  assert.equal(textField(form, '__proto__'), 'x')
  assert.equal(({} as Record<string, unknown>).x, undefined)
})

test('DOS-1: ten thousand fields are too many', () => {
  const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index}=1`).join('&')
  assert.equal(parseForm(fields(40)).size, 40)
  assert.throws(() => parseForm(fields(41)), malformed)
  assert.throws(() => parseForm(fields(10_000)), malformed)
})

test('DOS-7: broken percent encoding, broken UTF-8 and NUL are refused', () => {
  for (const body of ['a=%', 'a=%2', 'a=%zz', 'a=%ff', 'a=%C3%28', 'a=%ED%A0%80', 'a=x%00', '%00=x', '%=x']) {
    assert.throws(() => parseForm(body), malformed, body)
  }
})

test('text that is too long for its field is rejected, never truncated', () => {
  const form = parseForm(`identifier=${'a'.repeat(513)}&short=+x+`)
  assert.throws(() => textField(form, 'identifier'), { ...malformed, field: 'identifier' })
  assert.equal(textField(form, 'short'), 'x')
})

test('a password is kept exactly as typed, spaces included', () => {
  assert.equal(secretField(parseForm('password=++a+%2B+b++'), 'password'), '  a + b  ')
})
