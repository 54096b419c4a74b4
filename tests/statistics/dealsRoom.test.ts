import { describe, expect, it } from 'vitest'
import type { Row } from '../../sim/kernel/declarations.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { borrower, generationCount, loan, noLuck, playDeals, sellAt } from '../support/loneDeals.ts'

/** False alarms: two frequencies at four standard errors, 1.3e-4 in all; seeds are fixed. */
const names = Array.from({ length: 40 }, (_, k) => `b${k}`)
const many: readonly Row[] = names.map((name) => borrower(name, { startingCash: 24 }))
const book: readonly Row[] = names.map((name) => loan(name, name, { units: 1_000, tenorMonths: 36 }))
const healthy = { revenueNoise: 0, accelerationLoanToValue: 10, ltvCovenant: 5, pipelineSlots: 0 }

function defaults(
  days: number,
  parameters: Record<string, number>,
  factor: number,
  multiple = 1,
): { k: number; n: number } {
  const paths = 50
  const column = playDeals({
    paths,
    days,
    tape: book,
    borrowers: many.map((row) => ({ ...row, hazardMultiple: multiple })),
    parameters: { ...healthy, ...parameters },
    market: (market, path) => {
      market.factor[path] = factor
    },
  })
  return { k: Array.from(column('defaultsCumulative')).reduce((a, b) => a + b, 0), n: paths * names.length }
}

function expectFrequency({ k, n }: { k: number; n: number }, probability: number): void {
  const error = Math.sqrt((probability * (1 - probability)) / n)
  expect(Math.abs(k / n - probability)).toBeLessThan(4 * error)
}

describe('borrowers who stop paying outside their rents', () => {
  // A borrower that stops on day d is in default 30 days later; days 0 … 334 count by day 364.
  const counted = 335

  it('are as many in a year as the stated probability says when the factor is neutral and has no weight', () => {
    const probability = 1 - exp((-0.3566749439387324 * counted) / 365)
    expectFrequency(defaults(365, { overlayProbability: 0.3, wrongWayLoading: 0 }, 0), probability)
  })

  it('are as many as a hazard that the factor tilts, times the multiple of the borrower', () => {
    const hazard = 0.10536051565782628 * exp(0.8 * 1 - 0.32) * 2
    const probability = 1 - exp((-hazard * counted) / 365)
    expectFrequency(defaults(365, { overlayProbability: 0.1, wrongWayLoading: 0.8 }, -1, 2), probability)
  })

  it('keep their luck when the hazard rises, so that nobody who defaulted is spared', () => {
    const few = defaults(365, { overlayProbability: 0.05, wrongWayLoading: 0 }, 0)
    const more = defaults(365, { overlayProbability: 0.2, wrongWayLoading: 0 }, 0)
    expect(more.k).toBeGreaterThan(few.k)
  })
})

describe('wrong-way risk', () => {
  /** Paths stand at the quantiles of the factor; machines are worth less where rents are bad. */
  function meanLoss(wrongWayLoading: number): { loss: number; defaulted: number } {
    const paths = 101
    const worth = (path: number): number => exp(0.35 * normalQuantile((path + 0.5) / paths) - 0.06125)
    const column = playDeals({
      paths,
      days: 500,
      seed: [7, 11],
      tape: names.map((name) => loan(name, name, { tenorMonths: 36, structure: 'interestOnly' })),
      borrowers: many,
      parameters: { ...healthy, overlayProbability: 0.3, wrongWayLoading },
      market: (market, path, day) => {
        market.factor[path] = normalQuantile((path + 0.5) / paths)
        for (let g = 0; g < generationCount; g++) {
          const at = path * generationCount + g
          market.spot[at] *= 3
          if (day > 0) market.price[at] *= worth(path)
        }
      },
      meet: (operations, of, path, day) => sellAt(0.7 * 0.8 * 34_000 * worth(path))(operations, of, path, day),
    })
    const mean = (values: Float64Array): number => Array.from(values).reduce((a, b) => a + b, 0) / paths
    return { loss: mean(column('writtenOffTotal')), defaulted: mean(column('defaultedAmount')) }
  }

  it('raises the expected loss by a third and more, though no more borrowers default', () => {
    const with_ = meanLoss(0.9)
    const without = meanLoss(0)
    expect(with_.loss).toBeGreaterThan(1.3 * without.loss)
    expect(with_.defaulted).toBeLessThan(1.05 * without.defaulted)
  })
})

describe('the noise of revenue', () => {
  it('has the stated spread and mean in the long run', () => {
    const paths = 100
    const column = playDeals({
      paths,
      days: 400,
      tape: book,
      borrowers: many,
      parameters: { ...noLuck, ...healthy, revenueNoise: 0.12 },
    })
    const values = Array.from(column('revenueDeviation'))
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    // 4,000 independent values: four standard errors are 6.3 % of a deviation and 4.5 % of its size; 0.8^13 of the start is left.
    expect(Math.abs(mean)).toBeLessThan(0.12 * 0.07)
    expect(Math.abs(Math.sqrt(variance) / 0.12 - 1)).toBeLessThan(0.05)
  })
})
