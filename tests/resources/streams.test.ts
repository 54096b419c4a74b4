/** Drawing takes no object from the heap, and few numbers. */
import { describe, expect, it } from 'vitest'
import { exp, log, pow } from '../../sim/kernel/maths/elementary.ts'
import { fillShocks, SideStream, seedStream } from '../../sim/kernel/random/streams.ts'
import { heapBytes, leastGrowth } from '../support/memory.ts'

const sink = new Float64Array(1)

/** Until all tiers of the compiler have done with it, however late. */
const manyTurns = 4000

/** Bytes by which the heap grows over so many calls once they are compiled. */
function growth(call: () => void, calls: number, limit: number, turns = manyTurns): number {
  const work = (): void => {
    for (let i = 0; i < calls; i += 1) call()
  }
  return leastGrowth(heapBytes, work, limit, turns)
}

describe('memory of the random numbers', () => {
  it('a hundred thousand shocks take less than a fifth of a byte each: only numbers in the tails pass by the heap', () => {
    const words = new Int32Array(4 * 100)
    for (let s = 0; s < 100; s += 1) seedStream(words, s, 1, 2, 3, s, 0, 0)
    const active = Int32Array.from({ length: 100 }, (_, p) => p)
    const shocks = [
      { law: 'normal' as const, each: 1, column: new Float64Array(100) },
      { law: 'uniform' as const, each: 1, column: new Float64Array(100) },
      { law: 'normal' as const, each: 3, column: new Float64Array(300) },
    ]
    const limit = 20_000
    expect(growth(() => fillShocks(words, active, 100, 1, shocks), 200, limit)).toBeLessThan(limit)
  })

  it('fifty thousand draws of a side stream take less than ten bytes each: a number handed back passes by the heap at most, its state never', () => {
    const stream = new SideStream()
    const draw = (): void => {
      stream.open(1, 2, 3, 4, 5, 6)
      for (let i = 0; i < 1000; i += 1) sink[0] += stream.normal() + stream.uniform()
    }
    expect(growth(draw, 25, 500_000)).toBeLessThan(500_000)
  })

  it('fifty thousand exponentials, logarithms and powers take less than eight bytes each: one of the three is too large to be inlined', () => {
    const evaluate = (): void => {
      for (let i = 1; i < 1000; i += 1) sink[0] += exp(-i / 100) + log(i) + pow(i, 0.3)
    }
    expect(growth(evaluate, 17, 400_000)).toBeLessThan(400_000)
  })

  it('would show a number that passes by the heap at each draw', () => {
    const kept: { number: number }[] = [{ number: 0 }]
    const box = (): void => {
      for (let i = 0; i < 1000; i += 1) kept[0] = { number: i + 0.5 }
    }
    // Few turns: among many, one may meet a collection that hides most of it.
    expect(growth(box, 50, 100_000, 20)).toBeGreaterThan(500_000)
  })
})
