/** Benchmarks of other instruments beside the opening books of base: shares computed by hand from the settings of base. */
import { describe, expect, it } from 'vitest'
import { asksWords, type Benchmark, benchmarks, figuresOf, figureWords, meets } from '../../reports/benchmarks.ts'
import { openingOf } from '../../scenarios/dials.ts'
import { economy, librarian } from '../support/scenarios.ts'

const figures = figuresOf(openingOf(librarian('base'), economy))
const met = (name: string): boolean | null => {
  const benchmark = benchmarks.find((one) => one.name === name)
  if (!benchmark) throw new Error(`no benchmark ${name}`)
  return meets(benchmark, figures[benchmark.figure])
}

describe('the benchmarks beside base', () => {
  it('hold its own figures', () => {
    // 21 M × (1 − .7143) = 5.9997 M outside the vault; 21 M − 12.75 M = 8.25 M liquid
    expect(figures.cashShare).toBeCloseTo((0.165 * 5.9997) / 8.25, 12)
    expect(figures.dailyLiquidity).toBeCloseTo((0.275 * 5.9997) / 8.25, 12)
    const bills = 8.25 - 0.275 * 5.9997
    expect(figures.weeklyLiquidity).toBeCloseTo((0.275 * 5.9997 + bills / 13) / 8.25, 12)
    expect(figures.maturity).toBeCloseTo((49 * bills) / 8.25, 10)
    expect(figures.ownFunds).toBe(0)
  })

  it('would be failed for weekly liquidity and maturity, as a ladder of 13 weekly rungs is, and met for daily liquidity', () => {
    expect([met('OCC weekly liquidity'), met('OCC maturity'), met('OCC daily liquidity')]).toEqual([false, false, true])
    expect([met('MiCA deposits'), met('MiCA own funds')]).toEqual([false, false])
  })

  it('say for each rule its source, its date and how settled it is', () => {
    for (const { source, date, status, value, kind } of benchmarks) {
      expect(source.length).toBeGreaterThan(10)
      expect(date).toMatch(/^20\d\d/)
      expect(['in force', 'proposed']).toContain(status)
      expect(source).not.toMatch(/memory|verif/)
      expect(meets({ kind, value } as (typeof benchmarks)[number], value)).toBe(true)
    }
  })

  it('are held against to the last digit, and shown with the digits that decide', () => {
    const rule = { kind: 'least', value: 0.2, unit: '1' } as Benchmark
    // 27.5 % of the 28.57 % that are not staked, over the 39.29 % that are liquid: a stake of 71.43 % is a rounded 15 / 21
    expect(figures.dailyLiquidity).toBeCloseTo(0.19999, 12)
    expect([meets(rule, 0.19999), figureWords(rule, 0.19999)]).toEqual([false, '19.999\u00a0%'])
    // 0.1 + 0.2 is a rounded 0.3, not less than it
    expect([meets({ ...rule, value: 0.3 }, 1 - 0.7), figureWords({ ...rule, value: 0.3 }, 1 - 0.7)]).toEqual([
      true,
      '30\u00a0%',
    ])
    expect([figureWords(rule, 0.2615292), figureWords(rule, null), asksWords(rule)]).toEqual([
      '26.2\u00a0%',
      '—',
      'at least 20\u00a0%',
    ])
  })

  it('have no figure where there is no reserve', () => {
    const empty = {
      usdc: 0,
      cash: 0,
      bills: 0,
      liquid: 0,
      liquidMaturity: 0,
      billsWithinWeek: 0,
      insurance: 0,
      surplus: 0,
    }
    expect(Object.values(figuresOf(empty))).toEqual([null, null, null, null, null])
    expect(meets(benchmarks[0], null)).toBeNull()
  })
})
