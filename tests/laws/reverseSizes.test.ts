/** The size of a lever at which half of the paths fail. */
import { describe, expect, it } from 'vitest'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { crossing } from '../../sim/studies/reverse/crossing.ts'
import type { StressLanguage } from '../../sim/studies/reverse/language.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { smallEffort, toyLaboratory, toyQuestion } from '../support/toyStress.ts'

describe('the size at which half fail', () => {
  const failing = (critical: number) => async (sizes: readonly number[]) =>
    sizes.map((size) => Math.max(0, Math.min(100, Math.round(50 + 40 * (size - critical)))))

  it('is found between the sizes tried, its interval around it', async () => {
    const found = await crossing(failing(3.3), 100, { from: 0, to: 10, rounds: 6 })
    expect(Math.abs((found.value ?? 0) - 3.3)).toBeLessThan(0.1)
    expect(found.lower).toBeLessThan(3.3)
    expect(found.upper).toBeGreaterThan(3.3)
    expect(found.monotone).toBe(true)
  })

  it('has ends that hold the true one as often as they say, however many sizes were tried', async () => {
    const side = new SideStream()
    side.open(20261122, 0, 0x9a12, 0, 0, 0)
    let holding = 0
    for (let r = 0; r < 400; r++) {
      // What each path withstands: its median is 3.
      const withstands = Array.from({ length: 60 }, () => 3 + side.normal())
      const fail = async (sizes: readonly number[]) =>
        sizes.map((size) => withstands.filter((most) => most < size).length)
      const { lower, upper } = await crossing(fail, 60, { from: 0, to: 10, rounds: 6 })
      if ((lower ?? 0) <= 3 && 3 <= (upper ?? 10)) holding++
    }
    // 1 − 1e-6 of binomial counts at 95 % are at least this.
    expect(holding, `${holding} of 400`).toBeGreaterThanOrEqual(binomialQuantile(1e-6, 400, 0.95))
  })

  it('is none where the largest size does not break it', async () => {
    const found = await crossing(failing(30), 100, { from: 0, to: 10 })
    expect(found.value).toBe(null)
    expect(found.upper).toBe(null)
  })

  it('notices that failures do not grow with the size', async () => {
    const humped = async (sizes: readonly number[]) => sizes.map((size) => (size > 2 && size < 8 ? 90 : 5))
    expect((await crossing(humped, 100, { from: 0, to: 10 })).monotone).toBe(false)
  })
})

describe('critical sizes', () => {
  it('are found, measured and quoted on paths that no other part of the study uses', async () => {
    const laboratory = toyLaboratory()
    const question = toyQuestion({ paths: 1500, effort: { ...smallEffort, checkPaths: 0 } })
    const { levers } = await reverse({ ...question, language: withoutReproduction(question.language) }, laboratory)
    const cells = laboratory.cells.map((text) => JSON.parse(text) as { plan: object; from: number; to: number })
    const plain = JSON.stringify(cells[0].plan)
    const stressed = new Set(cells.filter(({ plan }) => JSON.stringify(plan) !== plain).map(({ from }) => from))
    const others = cells.filter(({ from, plan }) => JSON.stringify(plan) === plain && !stressed.has(from))
    // Where they are sought, measured and quoted; each for the 20 paths of the effort.
    expect(stressed.size).toBe(3)
    for (const from of stressed) {
      for (const other of [
        ...others,
        ...[...stressed].filter((s) => s !== from).map((s) => ({ from: s, to: s + 20 })),
      ]) {
        expect(from >= other.to || from + 20 <= other.from).toBe(true)
      }
    }
    expect(levers[0].failing?.of).toBe(20)
    // At the critical size half of all paths fail: 20 of them are nowhere near none or all.
    expect(levers[0].failing?.lower).toBeLessThan(0.5)
    expect(levers[0].failing?.upper).toBeGreaterThan(0.5)
  })
})

function withoutReproduction(language: StressLanguage): StressLanguage {
  return { ...language, reproduction: { followed: null, ordered: [] } }
}
