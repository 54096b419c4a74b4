/** Where a pilot sets the next level of a splitting. */
import { describe, expect, it } from 'vitest'
import { nextLevel } from '../../sim/studies/tails/levels.ts'

const from1 = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i + 1)
const none = new Float64Array(0)
const all = Number.NEGATIVE_INFINITY

describe('the next level', () => {
  it('is the height that a fifth of the paths reach', () => {
    expect(nextLevel({ heights: from1(100), tail: none }, all)).toBe(81)
  })

  it('is one that nine in ten paths of the tail reach, where enough of them tell', () => {
    const tail = Float64Array.from({ length: 20 }, (_, i) => 55 + i)
    expect(nextLevel({ heights: from1(100), tail }, 40)).toBe(57)
    expect(nextLevel({ heights: from1(100), tail: tail.subarray(0, 9) }, 40)).toBe(81)
  })

  it('is none where most paths reach it again, or where it is no higher than the last', () => {
    const tail = Float64Array.from({ length: 20 }, (_, i) => 40 + i)
    expect(nextLevel({ heights: from1(100), tail }, all)).toBe(42)
    expect(nextLevel({ heights: from1(100), tail: tail.map((height) => height - 3) }, all)).toBeNull()
    expect(nextLevel({ heights: from1(100), tail: none }, 81)).toBeNull()
  })

  it('is none where heights know no order or never end', () => {
    expect(nextLevel({ heights: new Float64Array(100).fill(3), tail: none }, all)).toBeNull()
    expect(nextLevel({ heights: new Float64Array(100).fill(Number.POSITIVE_INFINITY), tail: none }, all)).toBeNull()
  })
})
