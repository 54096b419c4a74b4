/** The reverse stress test on an economy whose three likeliest failures are known. Seeds are fixed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'
import { angle } from '../../sim/statistics/vectors.ts'
import type { ModeAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { limits, toyLaboratory, toyLanguage, toyQuestion } from '../support/toyStress.ts'

const directions: Readonly<Record<string, readonly number[]>> = {
  first: [1, 0, 0, 0],
  second: [0, -1, 0, 0],
  third: [0, Math.SQRT1_2, Math.SQRT1_2, 0],
}

function vectorOf({ point }: ModeAnswer): number[] {
  return ['a', 'b', 'c', 'd'].map(
    (name) => point?.coordinates.find(({ coordinate }) => coordinate === name)?.value ?? 0,
  )
}

/** The limit of which a mode is, by the direction of its point. */
function limitOf(mode: ModeAnswer): keyof typeof limits {
  const names = Object.keys(directions) as (keyof typeof limits)[]
  return names.reduce((a, b) => (angle(vectorOf(mode), directions[b]) < angle(vectorOf(mode), directions[a]) ? b : a))
}

for (const tells of ['causes', 'nothing'] as const) {
  describe(
    tells === 'causes'
      ? 'three limits whose paths are told apart by cause'
      : 'three limits told apart by direction alone',
    () => {
      let answer: ReverseAnswer
      beforeAll(async () => {
        answer = await reverse(toyQuestion({ language: toyLanguage(tells) }), toyLaboratory())
      })

      it('finds all three, each distinct', () => {
        expect(answer.modes.map(limitOf).sort()).toEqual(['first', 'second', 'third'])
        expect(answer.distinctModes).toBe(3)
      })

      it('finds their design points: the known distance within the interval, the known direction to 12 degrees', () => {
        for (const mode of answer.modes) {
          const limit = limitOf(mode)
          expect(angle(vectorOf(mode), directions[limit])).toBeLessThan(12)
          // other limits add a few failures at every point, so that half of the paths fail a little nearer
          expect(mode.point?.lower).toBeLessThan(limits[limit])
          expect(mode.point?.upper).toBeGreaterThan(limits[limit] - 0.1)
          expect(Math.abs((mode.point?.beta ?? 0) - limits[limit])).toBeLessThan(0.25)
        }
      })

      it('ranks them by distance', () => {
        const ranks = answer.modes.map((mode) => [limitOf(mode), mode.point?.rank])
        expect(new Map(ranks as [string, number][])).toEqual(
          new Map([
            ['first', 1],
            ['second', 2],
            ['third', 3],
          ]),
        )
      })

      it('knows the probability of each, plain and drawn around the points', () => {
        for (const mode of answer.modes) {
          // paths beyond two limits count for one of them: less than a hundredth of the failures
          const exact = normalCdf(-limits[limitOf(mode)])
          expect(mode.probability.lower).toBeLessThan(exact)
          expect(mode.probability.upper).toBeGreaterThan(0.97 * exact)
          expect(mode.check?.lower).toBeLessThan(exact)
          expect(mode.check?.upper).toBeGreaterThan(0.97 * exact)
          expect(mode.check?.agrees).toBe(true)
        }
      })

      it('draws with less noise around the points than plainly', () => {
        for (const { probability, check } of answer.modes) {
          const plain = (probability.upper - probability.lower) * Math.sqrt(6000)
          const drawn = ((check?.upper ?? 1) - (check?.lower ?? 0)) * Math.sqrt(4000)
          expect(drawn).toBeLessThan(plain)
        }
      })
    },
  )
}

describe('orders', () => {
  it('finds the critical size of a lever: 2, where half of the paths pass the first limit', async () => {
    const { levers } = await reverse(toyQuestion({ effort: { checkPaths: 0 } }), toyLaboratory())
    expect(levers[0].lower).toBeLessThan(limits.first)
    expect(levers[0].upper).toBeGreaterThan(limits.first - 0.1)
    expect(Math.abs((levers[0].size ?? 0) - limits.first)).toBeLessThan(0.15)
    expect(levers[0].monotone).toBe(true)
    // as much by itself: one path in forty-four
    expect(levers[0].seen?.lower).toBeLessThan(normalCdf(-limits.first))
    expect(levers[0].seen?.upper).toBeGreaterThan(normalCdf(-limits.first))
  })

  it('writes a scenario that reproduces a mode, and runs it', async () => {
    const { modes } = await reverse(toyQuestion({ levers: [], effort: { checkPaths: 0 } }), toyLaboratory())
    const first = modes.find(({ cause }) => cause === 'first')
    expect(first?.reproduction?.yaml).toContain('{ column: luck.push, at: 0, to: 2.5 }')
    // Φ(0.5) and a little for the other limits
    expect(first?.reproduction?.failing.lower).toBeLessThan(normalCdf(0.5) + 0.02)
    expect(first?.reproduction?.failing.upper).toBeGreaterThan(normalCdf(0.5))
    expect(modes.find(({ cause }) => cause === 'second')?.reproduction).toBe(null)
  })
})
