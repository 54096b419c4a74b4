/** Whether a path moved is counted, path by path: an estimate of zero with an interval of no width is no such count. */
import { describe, expect, it } from 'vitest'
import { noSharesWords } from '../../reports/studies/sensitivity.ts'
import {
  bareInterval,
  changeWords,
  leadersWords,
  sizeWords,
  stillWords,
  zeroWords,
} from '../../reports/studies/sensitivityWords.ts'
import type { SensitivityOfMetric } from '../../sim/studies/sensitivity/answer.ts'
import { indicesOf } from '../../sim/studies/sensitivity/indices.ts'
import { screeningOf } from '../../sim/studies/sensitivity/screening.ts'
import { toyDials, toyQuestion } from '../support/sensitivityStudies.ts'

const [trajectories, paths] = [6, 10]
const question = toyQuestion()
const scale = { factor: 1, unit: 'USD' }
const nothing = (count: number): Float64Array[] => Array.from({ length: count }, () => new Float64Array(paths))

/** Effects of four dials and the dummy, zero but for those of the first dial. */
function screened(first: (trajectory: number, path: number) => number) {
  const own = nothing(trajectories).map((effect, t) => effect.map((_, p) => first(t, p)))
  const others = Array.from({ length: toyDials.length }, () => nothing(trajectories))
  const { dials } = screeningOf(question, [own, ...others])
  return Object.fromEntries(dials.map((one) => [one.dial, one]))
}

describe('a dial of the screening that moves', () => {
  it('one path only is not said to move none: what one path shows is no size, and no interval', () => {
    const found = screened((t, p) => (t === 2 && p === 4 ? 3 : 0))
    const [{ name: dial }, { name: other }] = toyDials
    expect(found[dial]).toMatchObject({ moved: 1, muStar: { value: 0, lower: null, upper: null, told: false } })
    expect(sizeWords(found[dial].muStar, scale)).toBe(zeroWords)
    expect(bareInterval(found[dial].muStar, scale)).toBe('no interval')
    expect(found[other].moved).toBe(0)
    for (const words of [sizeWords(found[other].muStar, scale), changeWords(found[other].mu, scale)])
      expect(words).toBe(stillWords)
  })

  it('every path, everywhere alike, is not said to move none where noise takes its deviation below zero', () => {
    const { moved, mu, sigma } = screened((_, p) => (p % 2 === 0 ? 3 : 1))[toyDials[0].name]
    expect(moved).toBe(trajectories * paths)
    expect(mu.value).toBe(2)
    expect(changeWords(mu, scale)).toBe('+2')
    expect(sigma.value).toBe(0)
    expect(sizeWords(sigma, scale)).toBe(zeroWords)
  })
})

describe('a design of shares', () => {
  const rows = 8
  const runs = (flips: number) => ({
    base: nothing(rows),
    second: nothing(rows),
    mixed: Array.from({ length: toyDials.length + 1 }, (_, i) =>
      nothing(rows).map((column, row) => column.map((_, p) => (i === 0 && row === 3 && p < flips ? 1 : 0))),
    ),
  })
  const said = (flips: number) => {
    const sobol = indicesOf(question, toyDials, { kind: 'mean' }, runs(flips))
    return { sobol, words: noSharesWords({ sobol } as unknown as SensitivityOfMetric) }
  }

  it('in which one path moved has no variance to share out, and does not say that none did', () => {
    const { sobol, words } = said(1)
    expect(sobol.moved).toBe(1)
    expect(sobol.variance.value).toBe(0)
    expect(words).toContain('cannot be told from zero')
  })

  it('that tells no total share from zero says no more: a first share may be told', () => {
    const total = { value: 0.5, lower: -0.1, upper: 1.1, told: false }
    const first = { value: 0.4, lower: 0.1, upper: 0.7, told: true }
    const sobol = { dummy: { total, first }, dials: [{ dial: toyDials[0].name, first, total, rank: null }] }
    const metric = { unit: '1', sobol } as unknown as SensitivityOfMetric
    expect(leadersWords(metric, toyDials)).toBe('Of the variance: no total share can be told from zero.')
  })

  it('in which none moved says so', () => {
    const { sobol, words } = said(0)
    expect(sobol.moved).toBe(0)
    expect(words).toContain('No path moved in any cell')
  })
})
