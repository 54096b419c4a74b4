/** Edge cases of the elementary functions, and the promise of the same bits on every engine. */
import { describe, expect, it } from 'vitest'
import { cos, exp, expm1, log, log1p, pow, sin } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { fillShocks, seedStream } from '../../sim/kernel/random/streams.ts'

const inf = Number.POSITIVE_INFINITY
const nan = Number.NaN

/** The first normal number of a hundred thousand streams. */
function firstNormals(): Float64Array {
  const words = new Int32Array(400_000)
  for (let path = 0; path < 100_000; path += 1) seedStream(words, path, 1, 2, 3, path, 0, 0)
  const column = new Float64Array(100_000)
  const active = Int32Array.from(column, (_, path) => path)
  fillShocks(words, active, 100_000, 1, [{ law: 'normal', each: 1, column }])
  return column
}

/** 32 bits that depend on every bit of every result (FNV-1a over the bytes). */
function fingerprint(f: (x: number) => number, from: number, to: number): string {
  const value = new Float64Array(1)
  const bytes = new Uint8Array(value.buffer)
  let hash = 0x811c9dc5
  for (let i = 0; i < 20_000; i += 1) {
    value[0] = f(from + ((to - from) * i) / 20_000)
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return (hash >>> 0).toString(16)
}

const normals = firstNormals()

describe('edge cases of the elementary functions', () => {
  it.each([
    [exp, 'exp', 0, 1],
    [exp, 'exp', -0, 1],
    [exp, 'exp', inf, inf],
    [exp, 'exp', -inf, 0],
    [exp, 'exp', nan, nan],
    [exp, 'exp', 709.782712893384, 1.7976931348622732e308],
    [exp, 'exp', 709.782712893385, inf],
    [exp, 'exp', -745.1332191019411, 5e-324],
    [exp, 'exp', -745.1332191019412, 0],
    [exp, 'exp', -740, 4.2e-322],
    [expm1, 'expm1', 0, 0],
    [expm1, 'expm1', -0, -0],
    [expm1, 'expm1', inf, inf],
    [expm1, 'expm1', -inf, -1],
    [expm1, 'expm1', nan, nan],
    [expm1, 'expm1', 1e-300, 1e-300],
    [expm1, 'expm1', 710, inf],
    [log, 'log', 1, 0],
    [log, 'log', 0, -inf],
    [log, 'log', -0, -inf],
    [log, 'log', -1, nan],
    [log, 'log', inf, inf],
    [log, 'log', -inf, nan],
    [log, 'log', nan, nan],
    [log, 'log', 5e-324, -744.4400719213812],
    [log, 'log', 1e-310, -713.8013788281542],
    [log, 'log', Number.MAX_VALUE, 709.782712893384],
    [log1p, 'log1p', 0, 0],
    [log1p, 'log1p', -0, -0],
    [log1p, 'log1p', -1, -inf],
    [log1p, 'log1p', -1.5, nan],
    [log1p, 'log1p', inf, inf],
    [log1p, 'log1p', nan, nan],
    [log1p, 'log1p', 1e-300, 1e-300],
    [log1p, 'log1p', Number.MAX_VALUE, 709.782712893384],
    [sin, 'sin', 0, 0],
    [sin, 'sin', -0, -0],
    [sin, 'sin', nan, nan],
    [sin, 'sin', Math.PI, 1.2246467991473532e-16],
    [cos, 'cos', 0, 1],
    [cos, 'cos', 1.5707963267948966, 6.123233995736766e-17],
    [cos, 'cos', nan, nan],
  ])('%o: %s(%d) is %d', (f, _name, x, expected) => {
    expect(f(x)).toBe(expected)
  })

  const bases = [nan, inf, -inf, 0, -0, 1, -1, 2, -2, 0.5, -0.5, 1e300, -1e300, 1e-310, -1e-310, 5e-324, 1 + 2 ** -52]
  const exponents = [
    nan,
    inf,
    -inf,
    0,
    -0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    0.5,
    -0.5,
    1e19,
    -1e19,
    1e300,
    -1e300,
    1e-300,
    1025,
    -1075,
  ]
  it.each(bases)('pow of %d has the values of ECMAScript at every kind of exponent', (base) => {
    for (const exponent of exponents) {
      const expected = Math.pow(base, exponent)
      const got = pow(base, exponent)
      if (Number.isFinite(expected) && expected !== 0) expect(Math.abs(got / expected - 1)).toBeLessThan(3e-16)
      else expect(got, `${base} to the ${exponent}`).toBe(expected)
    }
  })

  it('pow reaches the subnormal numbers within one of their places', () => {
    for (let y = -1074; y < -1020; y += 1) expect(pow(2, y)).toBe(Number.MIN_VALUE * pow(2, y + 1074))
    expect(pow(10, -320)).toBe(1e-320)
    expect(Math.abs(pow(1e-310, 0.5) / Math.sqrt(1e-310) - 1)).toBeLessThan(3e-16)
  })

  it('angles beyond the reach of the reduction are refused', () => {
    expect(() => sin(2e6)).toThrow('angle 2000000 radians is too large')
    expect(() => cos(-2e6)).toThrow('angle -2000000 radians is too large')
  })
})

describe('the same bits on every engine', () => {
  it.each([
    ['exp', exp, -745, 709, '48959c08'],
    ['expm1', expm1, -2, 2, '673013a2'],
    ['log', log, 0, 10, 'a06b50f3'],
    ['log1p', log1p, -0.999, 3, 'c21e2090'],
    ['pow', (x: number) => pow(x, 3.7 - x), 0, 9, 'd67b517e'],
    ['sin', sin, -50, 50, 'ddd59454'],
    ['cos', cos, -50, 50, 'f969876c'],
    ['normalCdf', normalCdf, -38, 9, 'ed08f8b7'],
    ['normalQuantile', normalQuantile, 0, 1, 'e9b317b5'],
    ['the drawn normal numbers', (x: number) => normals[Math.floor(x)], 0, 100_000, '61c616e'],
  ])(
    'twenty thousand values of %s have the fingerprint that every engine must reproduce',
    (_name, f, from, to, expected) => {
      expect(fingerprint(f, from, to)).toBe(expected)
    },
  )
})
