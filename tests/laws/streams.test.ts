/** A draw is a function of (seed, room, path, agent, its position) and of nothing else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalDraw } from '../../sim/kernel/random/normalDraw.ts'
import { seedKey } from '../../sim/kernel/random/seed.ts'
import { SobolSequence, sobolDimensions } from '../../sim/kernel/random/sobol.ts'
import { fillShocks, type ShockColumn, SideStream, seedStream } from '../../sim/kernel/random/streams.ts'
import { uniform53 } from '../../sim/kernel/random/uniform.ts'

const options = { seed: 20261122 }
const word = fc.integer({ min: 0, max: 0xffffffff })
const law = fc.constantFrom<ShockColumn['law']>('normal', 'uniform')
const shapes = fc.array(fc.record({ law, each: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 4 })

/** Numbers of one path and agent over some days, drawn one by one from a stream of its own. */
function drawnAlone(
  path: number,
  agent: number,
  shocks: readonly { law: ShockColumn['law']; each: number }[],
): number[] {
  const stream = new SideStream()
  stream.open(11, 22, 33, path, agent, 0)
  return [0, 1, 2].flatMap(() =>
    shocks.flatMap(({ law, each }) =>
      Array.from({ length: each }, () => (law === 'normal' ? stream.normal() : stream.uniform())),
    ),
  )
}

describe('random streams', () => {
  it('a path draws the same numbers alone as in any batch, whichever paths are active beside it', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 3 }),
        (shapes, chosen, agents) => {
          const words = new Int32Array(4 * 10 * agents)
          for (let p = 0; p < 10; p += 1)
            for (let a = 0; a < agents; a += 1) seedStream(words, p * agents + a, 11, 22, 33, p, a, 0)
          const shocks = shapes.map((shape) => ({ ...shape, column: new Float64Array(10 * agents * shape.each) }))
          const seen = new Map<number, number[]>()
          for (let day = 0; day < 3; day += 1) {
            fillShocks(words, Int32Array.from(chosen), chosen.length, agents, shocks)
            for (const p of chosen)
              for (let s = p * agents; s < (p + 1) * agents; s += 1)
                for (const { each, column } of shocks)
                  seen.set(s, [...(seen.get(s) ?? []), ...column.slice(s * each, (s + 1) * each)])
          }
          for (const [s, numbers] of seen)
            expect(numbers).toEqual(drawnAlone(Math.floor(s / agents), s % agents, shapes))
          // Paths that are not active keep their place.
          const idle = Array.from({ length: 10 }, (_, p) => p).filter((p) => !chosen.includes(p))
          for (const p of idle) {
            const untouched = new Int32Array(4)
            seedStream(untouched, 0, 11, 22, 33, p, 0, 0)
            expect([...words.slice(4 * p * agents, 4 * p * agents + 4)]).toEqual([...untouched])
          }
        },
      ),
      options,
    )
  })

  it('changing any word of the address changes the draws', () => {
    const draws = (address: readonly number[]): number[] => {
      const stream = new SideStream()
      const [key0, key1, room, path, agent, position] = address
      stream.open(key0, key1, room, path, agent, position)
      return Array.from({ length: 4 }, () => stream.uniform())
    }
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 6, maxLength: 6 }),
        fc.nat(5),
        fc.integer({ min: 1 }),
        (address, at, by) => {
          const moved = address.map((value, i) => (i === at ? value ^ by : value))
          const before = draws(address)
          draws(moved).forEach((u, i) => {
            expect(u).not.toBe(before[i])
          })
        },
      ),
      options,
    )
  })

  it('an index stays below its bound even for the largest uniform number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (n) => {
        expect(Math.floor(uniform53(0xffffffff, 0xffffffff) * n)).toBe(n - 1)
        expect(Math.floor(uniform53(0, 0) * n)).toBe(0)
      }),
      options,
    )
  })
})

describe('mapping of words', () => {
  it('complemented words give the mirrored numbers, and larger words never smaller ones', () => {
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        expect(normalDraw(~a, ~b)).toBe(-normalDraw(a, b))
        // The topmost value alone is moved, so that no number is one.
        if (Math.max(a, 0xffffffff - a) < 0xffffffff) expect(uniform53(~a, ~b)).toBeCloseTo(1 - uniform53(a, b), 15)
        if (a >>> 5 < c >>> 5) {
          expect(normalDraw(a, b)).toBeLessThanOrEqual(normalDraw(c, d))
          expect(uniform53(a, b)).toBeLessThanOrEqual(uniform53(c, d))
        }
      }),
      { ...options, numRuns: 2000 },
    )
  })

  it('signed and unsigned words are the same words', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(normalDraw(a | 0, b | 0)).toBe(normalDraw(a, b))
        expect(uniform53(a | 0, b | 0)).toBe(uniform53(a, b))
      }),
      options,
    )
  })
})

describe('seeds', () => {
  it('a seed is a number or a text, always gives the same two words, and different seeds give different ones', () => {
    expect(seedKey(42)).toEqual(seedKey('42'))
    expect(seedKey('summer')).toEqual([-1109837583, 923977011])
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        expect(seedKey(a)).toEqual(seedKey(a))
        if (a !== b) expect(seedKey(a)).not.toEqual(seedKey(b))
      }),
      options,
    )
  })

  it('an empty text and a broken number are refused', () => {
    expect(() => seedKey('')).toThrow('seed is empty')
    expect(() => seedKey(0.5)).toThrow('seed 0.5 is not a whole number')
  })
})

describe("Sobol's sequence", () => {
  it('in every dimension the first 2^m points fall one into each of 2^m equal parts', () => {
    const sequence = new SobolSequence(sobolDimensions)
    for (const m of [1, 4, 9]) {
      const count = 1 << m
      const points = Array.from({ length: count }, (_, index) => sequence.point(index))
      for (let d = 0; d < sobolDimensions; d += 1) {
        expect(new Set(points.map((point) => Math.floor(point[d] * count))).size).toBe(count)
      }
    }
  })

  it('refuses points and dimensions that it does not have', () => {
    expect(() => new SobolSequence(sobolDimensions + 1)).toThrow('number of dimensions')
    expect(() => new SobolSequence(2).point(-1)).toThrow('point -1')
  })
})
