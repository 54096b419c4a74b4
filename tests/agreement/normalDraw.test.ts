/** The drawn normal numbers against the normal quantile. */
import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { normalDraw } from '../../sim/kernel/random/normalDraw.ts'

/** Where the table starts: the outermost 1/256 of probability is taken from the quantile itself. */
const tailStart = 2 ** 23
const ofWord = (word: number): number => normalQuantile((word + 0.5) / 2 ** 32)

describe('normal numbers out of words', () => {
  it('differ from the quantile by at most 5e-11 in the body, at two million words', () => {
    let largest = 0
    const span = 2 ** 32 - 2 * tailStart
    for (let i = 0; i < 2_000_000; i += 1) {
      const word = tailStart + Math.floor(((i * 0.6180339887498949) % 1) * span)
      largest = Math.max(largest, Math.abs(normalDraw(word, i) - ofWord(word)))
    }
    expect(largest).toBeLessThan(5e-11)
    expect(largest).toBeGreaterThan(1e-11)
  })

  it('differ by at most 5e-11, and keep rising, across the edges of all 512 cells', () => {
    for (let octave = 0; octave < 8; octave += 1)
      for (let cell = 0; cell <= 64; cell += 1) {
        const edge = (64 + cell) * 2 ** (24 - octave)
        for (const word of [edge - 1, edge].filter((w) => w >= tailStart && w < 2 ** 31)) {
          expect(Math.abs(normalDraw(word, 0) - ofWord(word))).toBeLessThan(5e-11)
          expect(normalDraw(word, 0)).toBeLessThan(normalDraw(word + 1, 0))
          expect(normalDraw(2 ** 32 - 1 - word, 0)).toBe(-normalDraw(word, 0))
        }
      }
  })

  it('in the tails are the quantile of 53 bits, down to 2^-54 of probability at 8.29', () => {
    for (let i = 0; i < 100_000; i += 1) {
      const word = Math.floor(2 ** (23 * ((i * 0.6180339887498949) % 1))) - 1
      const finer = Math.imul(i, 0x9e3779b9) >>> 0
      const p = (word * 2 ** 21 + (finer >>> 11) + 0.5) / 2 ** 53
      expect(normalDraw(word, finer)).toBe(normalQuantile(p))
    }
    expect(normalDraw(0, 0)).toBeCloseTo(-8.292361075813595, 13)
    expect(normalDraw(0xffffffff, 0xffffffff)).toBeCloseTo(8.292361075813595, 13)
  })
})
