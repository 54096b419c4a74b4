/** Deals: floating point beside exact cents, and one formula beside another that must say the same. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelPayment } from '../../models/deals/annuity.ts'
import { defaultCountProbabilities } from '../../models/deals/binomialMixture.ts'
import { doubleTQuantile, doubleTThreshold } from '../../models/deals/doubleT.ts'
import { halfAngleMass, studentCdf, studentQuantile } from '../../models/deals/studentT.ts'
import { trancheExpectedLoss, vasicekQuantile, vasicekSd } from '../../models/deals/vasicek.ts'
import { conditionalLoss, expectedLoss } from '../../models/deals/wrongWayLoss.ts'
import { amortisationSchedule } from '../../models/ledger/amortisation.ts'
import { normalPdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { gaussLegendre, integrate } from '../../sim/kernel/maths/quadrature.ts'
import * as statistics from '../../sim/statistics/student.ts'

const seeded = { seed: 20261122, numRuns: 200 }
const rule = gaussLegendre(20)

describe('a level-payment loan', () => {
  const loan = fc.tuple(
    fc.bigInt({ min: 100n, max: 10n ** 12n }),
    fc.integer({ min: 0, max: 4000 }).map((bp) => bp / 10_000),
    fc.integer({ min: 1, max: 60 }),
  )

  it('repays its principal to the cent, and its last payment clears the balance', () => {
    fc.assert(
      fc.property(loan, ([principal, rate, months]) => {
        const schedule = amortisationSchedule(principal, rate, months)
        expect(schedule.rows.reduce((sum, row) => sum + row.principal, 0n)).toBe(principal)
        expect(schedule.rows.at(-1)!.balance).toBe(0n)
        const paid = schedule.rows.reduce((sum, row) => sum + row.principal + row.interest, 0n)
        expect(paid).toBe(principal + schedule.totalInterest)
      }),
      seeded,
    )
  })

  it('pays in floating point what it pays in cents, to half a cent', () => {
    fc.assert(
      fc.property(loan, ([principal, rate, months]) => {
        const exact = Number(amortisationSchedule(principal, rate, months).payment)
        const float = levelPayment(Number(principal), rate, months)
        // Half a cent of rounding, and the rounding of a double at 1e12 cents.
        expect(Math.abs(float - exact)).toBeLessThanOrEqual(0.5 + 1e-12 * float)
      }),
      seeded,
    )
  })
})

describe("Student's t of the deals", () => {
  it('agrees with the incomplete beta function from 2.01 to 200 degrees of freedom, deep into the tail', () => {
    for (const nu of [2.01, 2.5, 3, 4, 7.3, 30, 200]) {
      const half = halfAngleMass(1, nu)
      for (const t of [-40, -12, -3.7, -1, -0.1, 0, 0.4, 2, 9]) {
        const other = statistics.studentCdf(t, nu)
        // 64 nodes leave 1e-12 where the density ends as v^3.
        expect(Math.abs(studentCdf(t, nu, half) / other - 1)).toBeLessThanOrEqual(2e-12)
      }
      for (const p of [1e-6, 0.001, 0.05, 0.5, 0.99]) {
        const other = statistics.studentQuantile(p, nu)
        expect(Math.abs(studentQuantile(p, nu, half) - other)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(other)))
      }
    }
  })

  it('brings the double-t model to the Gaussian one as the tails thin out', () => {
    const gaussian = vasicekQuantile(0.05, 0.2, 0.99)
    const distance = (nu: number) =>
      Math.abs(doubleTQuantile(0.05, 0.2, nu, doubleTThreshold(0.05, 0.2, nu), 0.99) - gaussian)
    // The distance falls as 1 / nu.
    expect(distance(50)).toBeLessThan(0.005)
    expect(distance(200) / distance(50)).toBeCloseTo(0.25, 1)
  })
})

describe('portfolios', () => {
  it.each([
    [0.05, 0.2],
    [0.1, 0.45],
    [0.01, 0.05],
    [0.3, 0.9],
  ])(
    'of finite names have the mean of independence and the variance of the large portfolio (PD %d, rho %d)',
    (pd, rho) => {
      for (const names of [1, 7, 40, 600]) {
        const probabilities = defaultCountProbabilities(names, pd, rho)
        let sum = 0
        let mean = 0
        let square = 0
        probabilities.forEach((probability, k) => {
          sum += probability
          mean += (probability * k) / names
          square += (probability * k * k) / (names * names)
        })
        const common = vasicekSd(pd, rho) ** 2
        expect(sum).toBeCloseTo(1, 12)
        expect(mean).toBeCloseTo(pd, 12)
        expect(square - mean * mean).toBeCloseTo(common + (pd * (1 - pd) - common) / names, 12)
      }
    },
  )

  it('have a tranche loss that is the integral of the tail of the defaulted share', () => {
    for (const [pd, rho, detachment] of [
      [0.05, 0.2, 0.1],
      [0.02, 0.4, 0.03],
    ] as const) {
      const capped = integrate((q) => Math.min(detachment, vasicekQuantile(pd, rho, q)), 0, 1, rule, 400)
      // The kink at the detachment point limits the panels that hold it.
      expect(trancheExpectedLoss(pd, rho, detachment)).toBeCloseTo(capped, 7)
    }
  })

  it('have a wrong-way expected loss in closed form that is the mean of the loss given the factor', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.002, max: 0.5, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        fc.double({ min: 0.05, max: 0.8, noNaN: true }),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        (pd, rho, coverage, volatility, loading) => {
          const threshold = normalQuantile(pd)
          const loss = (z: number) => conditionalLoss(threshold, rho, coverage, volatility, loading, z) * normalPdf(z)
          const mean = integrate(loss, -9, 9, rule, 60)
          expect(expectedLoss(pd, rho, coverage, volatility, loading)).toBeCloseTo(mean, 12)
        },
      ),
      seeded,
    )
  })
})
