/**
 * Quality of the random numbers. One budget: all the checks together raise a false alarm once in a thousand seeds
 * (Bonferroni over `checks`); the seed is fixed, so a pass stays a pass.
 */
import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { fillShocks, type ShockColumn, SideStream, seedStream } from '../../sim/kernel/random/streams.ts'

const budget = 1e-3
const checks = 28
const seed: [number, number] = [0x2026, 0x1122]

const twoSided = (z: number): number => 2 * normalCdf(-Math.abs(z))

/** Upper tail of chi-square by Wilson and Hilferty (1931), good to a few percent for ten or more degrees of freedom. */
function chiSquareTail(counts: ArrayLike<number>, expected: (bin: number) => number): number {
  let sum = 0
  for (let i = 0; i < counts.length; i += 1) sum += (counts[i] - expected(i)) ** 2 / expected(i)
  const freedom = counts.length - 1
  return normalCdf(-((sum / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom)))
}

function expectPlausible(p: number): void {
  expect(p).toBeGreaterThan(budget / checks)
}

interface Batch {
  readonly words: Int32Array
  readonly active: Int32Array
  readonly paths: number
  readonly agents: number
}

function batch(paths: number, agents: number, room = 7, key = seed): Batch {
  const words = new Int32Array(4 * paths * agents)
  for (let p = 0; p < paths; p += 1)
    for (let a = 0; a < agents; a += 1) seedStream(words, p * agents + a, key[0], key[1], room, p, a, 0)
  return { words, active: Int32Array.from({ length: paths }, (_, p) => p), paths, agents }
}

/** Days of draws, one column a day: number of (path, agent) at path · agents + agent. */
function days({ words, active, paths, agents }: Batch, length: number, law: ShockColumn['law']): Float64Array[] {
  return Array.from({ length }, () => {
    const column = new Float64Array(paths * agents)
    fillShocks(words, active, paths, agents, [{ law, each: 1, column }])
    return column
  })
}

/** p-value of no correlation between two lists of standard normal numbers. */
function correlationTail(pairs: Iterable<[number, number]>): number {
  let sum = 0
  let count = 0
  for (const [x, y] of pairs) {
    sum += x * y
    count += 1
  }
  return twoSided(sum / Math.sqrt(count))
}

describe('normal numbers of the streams', () => {
  const drawn = days(batch(500, 8), 500, 'normal')
  const numbers = 500 * 8 * 500

  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ])('the moment of order %i is that of the normal distribution', (order, mean, variance) => {
    let sum = 0
    for (const column of drawn) for (const z of column) sum += z ** order
    expectPlausible(twoSided((sum / numbers - mean) / Math.sqrt(variance / numbers)))
  })

  it('a thousand bins of equal probability are filled evenly', () => {
    const counts = new Float64Array(1000)
    for (const column of drawn) for (const z of column) counts[Math.min(999, Math.floor(normalCdf(z) * 1000))] += 1
    expectPlausible(chiSquareTail(counts, () => numbers / 1000))
  })

  it('consecutive draws, and draws two apart, are uncorrelated, and so are their squares', () => {
    function* apart(gap: number, map: (z: number) => number): Iterable<[number, number]> {
      for (let t = gap; t < drawn.length; t += 1)
        for (let s = 0; s < drawn[t].length; s += 1) yield [map(drawn[t - gap][s]), map(drawn[t][s])]
    }
    const squared = (z: number): number => (z * z - 1) / Math.SQRT2
    expectPlausible(correlationTail(apart(1, (z) => z)))
    expectPlausible(correlationTail(apart(2, (z) => z)))
    expectPlausible(correlationTail(apart(1, squared)))
  })

  it('neighbouring paths and neighbouring agents are uncorrelated', () => {
    function* neighbours(gap: number): Iterable<[number, number]> {
      for (const column of drawn) for (let s = gap; s < column.length; s += 1) yield [column[s - gap], column[s]]
    }
    expectPlausible(correlationTail(neighbours(8)))
    expectPlausible(correlationTail(neighbours(1)))
  })

  it('neighbouring rooms and neighbouring seeds are uncorrelated', () => {
    for (const other of [
      batch(500, 8, 8),
      batch(500, 8, 7, [seed[0], seed[1] + 1]),
      batch(500, 8, 7, [seed[0] + 1, seed[1]]),
    ]) {
      const column = days(other, 100, 'normal')
      const pairs = column.flatMap((day, t) => Array.from(day, (z, s): [number, number] => [z, drawn[t][s]]))
      expectPlausible(correlationTail(pairs))
    }
  })

  it('the first draws of forty thousand streams are evenly spread', () => {
    const first = days(batch(20000, 2), 1, 'normal')[0]
    const counts = new Float64Array(200)
    for (const z of first) counts[Math.min(199, Math.floor(normalCdf(z) * 200))] += 1
    expectPlausible(chiSquareTail(counts, () => first.length / 200))
  })
})

describe('tails of the normal numbers', () => {
  const { words, active } = batch(1000, 1)
  const column = new Float64Array(1000)
  const tail: number[] = []
  const draws = 20_000_000
  for (let t = 0; t < draws / 1000; t += 1) {
    fillShocks(words, active, 1000, 1, [{ law: 'normal', each: 1, column }])
    for (let s = 0; s < 1000; s += 1) if (Math.abs(column[s]) > 3) tail.push(column[s])
  }

  it.each([3, 3.5, 4, 4.5])('as many of twenty million numbers lie beyond %d as should, on either side', (level) => {
    const expected = draws * 2 * normalCdf(-level)
    const beyond = tail.filter((z) => Math.abs(z) > level).length
    expectPlausible(twoSided((beyond - expected) / Math.sqrt(expected)))
  })

  it('beyond 3 the numbers have the normal distribution, in the large and in steps of a billionth', () => {
    const size = normalCdf(-3)
    const coarse = new Float64Array(100)
    const fine = new Float64Array(64)
    for (const z of tail) {
      const share = normalCdf(-Math.abs(z)) / size
      coarse[Math.min(99, Math.floor(share * 100))] += 1
      // What 31 bits alone could not tell apart: the place within a step of 2^-32 of probability.
      fine[Math.floor(((share * size * 4294967296) % 1) * 64)] += 1
    }
    expectPlausible(chiSquareTail(coarse, () => tail.length / 100))
    expectPlausible(chiSquareTail(fine, () => tail.length / 64))
    expectPlausible(twoSided((2 * tail.filter((z) => z > 0).length - tail.length) / Math.sqrt(tail.length)))
  })
})

describe('uniform numbers of the streams', () => {
  const drawn = days(batch(500, 4), 500, 'uniform')
  const numbers = 500 * 4 * 500

  it('a thousand bins, and the last eight of 53 bits, are filled evenly', () => {
    const bins = new Float64Array(1000)
    const bits = new Float64Array(256)
    for (const column of drawn)
      for (const u of column) {
        bins[Math.floor(u * 1000)] += 1
        if (u < 0.5) bits[Math.floor(u * 2 ** 53) % 256] += 1
      }
    const low = bits.reduce((sum, count) => sum + count, 0)
    expectPlausible(chiSquareTail(bins, () => numbers / 1000))
    expectPlausible(chiSquareTail(bits, () => low / 256))
  })

  it('pairs of consecutive draws fill a square of 32 by 32 evenly', () => {
    const square = new Float64Array(1024)
    for (let t = 1; t < drawn.length; t += 2)
      for (let s = 0; s < drawn[t].length; s += 1)
        square[Math.floor(drawn[t - 1][s] * 32) * 32 + Math.floor(drawn[t][s] * 32)] += 1
    expectPlausible(chiSquareTail(square, () => numbers / 2 / 1024))
  })
})

describe('side streams', () => {
  const stream = new SideStream()

  it('streams opened day after day give evenly spread first and second draws', () => {
    const square = new Float64Array(256)
    for (let position = 0; position < 100_000; position += 1) {
      stream.open(seed[0], seed[1], 3, 5, 0, position)
      square[Math.floor(stream.uniform() * 16) * 16 + Math.floor(stream.uniform() * 16)] += 1
    }
    expectPlausible(chiSquareTail(square, () => 100_000 / 256))
  })

  it('an index below 13 takes each value equally often', () => {
    stream.open(seed[0], seed[1], 3, 5, 1, 0)
    const counts = new Float64Array(13)
    for (let i = 0; i < 200_000; i += 1) counts[stream.index(13)] += 1
    expectPlausible(chiSquareTail(counts, () => 200_000 / 13))
  })

  it('exponential numbers and normal numbers follow their laws', () => {
    stream.open(seed[0], seed[1], 3, 5, 2, 0)
    const counts = new Float64Array(50)
    for (let i = 0; i < 200_000; i += 1) counts[Math.min(49, Math.floor(Math.exp(-stream.exponential()) * 50))] += 1
    expectPlausible(chiSquareTail(counts, () => 4000))
    const edges = Array.from({ length: 49 }, (_, i) => normalQuantile((i + 1) / 50))
    const bins = new Float64Array(50)
    for (let i = 0; i < 200_000; i += 1) {
      const z = stream.normal()
      bins[edges.filter((edge) => edge <= z).length] += 1
    }
    expectPlausible(chiSquareTail(bins, () => 4000))
  })
})
