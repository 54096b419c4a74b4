/** Edges of the short rate that a scenario within bounds can reach. */
import { describe, expect, it } from 'vitest'
import { cirCoefficients, cirStep } from '../../models/reserve/shortRate.ts'

describe('the short rate', () => {
  it('moves by its mean when its volatility is as small as a number can be', () => {
    const step = cirCoefficients(0.5, 0.036, 2.7e-106, 1 / 365)
    expect(cirStep(0.04, step, 1.3)).toBeCloseTo(0.04 * step.retained + 0.036 * (1 - step.retained), 15)
  })
})
