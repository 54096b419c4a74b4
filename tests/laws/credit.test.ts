/** What must hold of rents, machines, deals and the reserve, whatever the parameters. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstPassageProbability, terminalDefaultProbability } from '../../models/deals/firstPassage.ts'
import { trancheExpectedLoss, vasicekExpectedShortfall, vasicekQuantile } from '../../models/deals/vasicek.ts'
import { expectedLoss, independentLoss } from '../../models/deals/wrongWayLoss.ts'
import { contractRent } from '../../models/gpuMarket/contractRent.ts'
import { correlationFactor } from '../../models/gpuMarket/correlation.ts'
import { ouCoefficients } from '../../models/gpuMarket/ornsteinUhlenbeck.ts'
import { clearingPrice, criticalNeed, liquidationProceeds } from '../../models/hardware/fireSale.ts'
import { breakEvenRent, fundamentalValue, retirementAge } from '../../models/hardware/fundamentalValue.ts'
import { liquiditySurvival } from '../../models/reserve/survival.ts'
import { cirBond, vasicekBond } from '../../models/reserve/zeroCouponBond.ts'

const seeded = { seed: 20261122, numRuns: 300 }
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })

describe('rents', () => {
  it('step as well by the hour as by the day: the step is exact for any length', () => {
    fc.assert(
      fc.property(between(0, 20), between(0.001, 2), fc.integer({ min: 2, max: 96 }), (kappa, sigma, parts) => {
        const whole = ouCoefficients(kappa, sigma, 1 / 365)
        const part = ouCoefficients(kappa, sigma, 1 / 365 / parts)
        let variance = 0
        let left = 1
        for (let k = 0; k < parts; k++) {
          variance = part.a * part.a * variance + part.sd * part.sd
          left *= part.a
        }
        expect(left / whole.a).toBeCloseTo(1, 12)
        expect(Math.abs(Math.sqrt(variance) - whole.sd)).toBeLessThanOrEqual(1e-12 * whole.sd)
      }),
      seeded,
    )
  })

  it('of a contract rise with the spot and lie between the lowest and the highest rent expected over the term', () => {
    fc.assert(
      fc.property(
        between(0, 1),
        between(0, 10),
        between(0, 1),
        between(-1, 1),
        fc.integer({ min: 1, max: 36 }),
        (decline, kappa, sigma, y0, months) => {
          const rent = contractRent(2.5, decline, kappa, sigma, y0, months)
          expect(contractRent(2.5, decline, kappa, sigma, y0 + 0.1, months)).toBeGreaterThan(rent)
          const years = months / 12
          const highest = 2.5 * Math.exp(Math.max(0, y0) + 0.5 * sigma * sigma * years)
          const lowest = 2.5 * Math.exp(Math.min(0, y0) - decline * years)
          expect(rent).toBeGreaterThanOrEqual(lowest * (1 - 1e-12))
          expect(rent).toBeLessThanOrEqual(highest * (1 + 1e-12))
        },
      ),
      seeded,
    )
  })

  it('of two generations correlate by rho0 to the power of their distance', () => {
    fc.assert(
      fc.property(between(0, 1), fc.integer({ min: 1, max: 8 }), (rho0, n) => {
        const factor = correlationFactor(rho0, n)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j <= i; j++) {
            let product = 0
            for (let k = 0; k < n; k++) product += factor[i * n + k]! * factor[j * n + k]!
            expect(product).toBeCloseTo(rho0 ** (i - j), 12)
          }
        }
      }),
      seeded,
    )
  })
})

describe('machines', () => {
  const machine = fc.tuple(between(0, 1), between(0.05, 1), between(0, 0.3), between(0.2, 1), between(0.5, 8))

  it('without scrap are worth more the higher the rent, and never less than nothing', () => {
    fc.assert(
      fc.property(
        machine,
        between(0, 6),
        between(0.01, 2),
        ([decline, opex, discount, utilisation, life], rent, rise) => {
          const value = fundamentalValue(rent, decline, opex, discount, utilisation, life, 0)
          const higher = fundamentalValue(rent + rise, decline, opex, discount, utilisation, life, 0)
          expect(value).toBeGreaterThanOrEqual(0)
          expect(higher).toBeGreaterThanOrEqual(value)
          const age = retirementAge(rent, decline, opex, utilisation, life)
          expect(age).toBeGreaterThanOrEqual(0)
          expect(age).toBeLessThanOrEqual(life)
        },
      ),
      seeded,
    )
  })

  it('are worth what they cost at the rent that breaks even', () => {
    fc.assert(
      fc.property(
        machine,
        between(1000, 80_000),
        between(0, 0.9),
        ([decline, opex, discount, utilisation, life], capex, scrap) => {
          const rent = breakEvenRent(capex, decline, opex, discount, utilisation, life, capex * scrap)
          const value = fundamentalValue(rent, decline, opex, discount, utilisation, life, capex * scrap)
          expect(value / capex).toBeCloseTo(1, 9)
        },
      ),
      seeded,
    )
  })

  it('that no rent can repay are refused by name', () => {
    expect(() => breakEvenRent(1000, 0.3, 0.4, 0.1, 0, 5, 0)).toThrow(/utilisation: 0/)
    expect(() => breakEvenRent(1000, 0.3, 0.4, 0.1, 0.5, 0, 0)).toThrow(/life: 0/)
  })

  it('sold together fetch less each, and all of them no more than as many sold alone', () => {
    fc.assert(
      fc.property(between(0, 2), between(10, 1000), fc.integer({ min: 1, max: 30 }), (gamma, depth, sellers) => {
        const alone = liquidationProceeds(10_000, 20, 0.08, gamma, 20, depth, 0.05)
        const together = liquidationProceeds(10_000, 20, 0.08, gamma, 20 * sellers, depth, 0.05)
        const oneMore = liquidationProceeds(10_000, 20, 0.08, gamma, 20 * (sellers + 1), depth, 0.05)
        expect(together).toBeLessThanOrEqual(alone)
        expect(oneMore).toBeLessThanOrEqual(together)
        expect(together).toBeGreaterThan(0)
      }),
      seeded,
    )
  })

  it('clear at the price that their own sale makes, on the branch that selling reaches first', () => {
    fc.assert(
      fc.property(between(0.001, 10), between(0, 0.999), (gamma, share) => {
        const need = share * criticalNeed(gamma)
        const price = clearingPrice(gamma, need)
        expect(price).toBeGreaterThan(Math.exp(-1))
        // The two sides are equally steep at the critical need, so a rounding of 1e-16 there shows as its root.
        expect(price / Math.exp((-gamma * need) / price)).toBeCloseTo(1, 12)
        expect(clearingPrice(gamma, need * 0.9)).toBeGreaterThanOrEqual(price)
      }),
      seeded,
    )
  })

  it('find no price, and no endless search, beyond the critical need', () => {
    expect(clearingPrice(1, criticalNeed(1) * (1 + 1e-12))).toBe(0)
    expect(clearingPrice(1, criticalNeed(1))).toBeCloseTo(Math.exp(-1), 7)
    expect(clearingPrice(1e6, 1)).toBe(0)
    expect(clearingPrice(0, 5)).toBe(1)
  })
})

describe('portfolio losses', () => {
  it('have a shortfall no smaller than the quantile, and tranches that only widen', () => {
    fc.assert(
      fc.property(
        between(1e-4, 0.6),
        between(0.001, 0.99),
        between(0.5, 0.9995),
        between(0.01, 0.98),
        (pd, rho, q, width) => {
          const quantile = vasicekQuantile(pd, rho, q)
          const shortfall = vasicekExpectedShortfall(pd, rho, q)
          expect(shortfall).toBeGreaterThanOrEqual(quantile * (1 - 1e-9))
          expect(shortfall).toBeGreaterThanOrEqual(pd * (1 - 1e-9))
          expect(shortfall).toBeLessThanOrEqual(Math.min(1, pd / (1 - q)) * (1 + 1e-9))
          const tranche = trancheExpectedLoss(pd, rho, width)
          expect(tranche).toBeLessThanOrEqual(Math.min(pd, width) + 1e-14)
          expect(trancheExpectedLoss(pd, rho, width + 0.01)).toBeGreaterThanOrEqual(tranche - 1e-14)
        },
      ),
      seeded,
    )
  })

  it('are worse when collateral follows the borrowers than when it does not', () => {
    fc.assert(
      fc.property(
        between(0.001, 0.5),
        between(0.01, 0.95),
        between(0.3, 2),
        between(0.05, 0.8),
        between(0.01, 1),
        (pd, rho, coverage, volatility, loading) => {
          const wrongWay = expectedLoss(pd, rho, coverage, volatility, loading)
          expect(wrongWay).toBeGreaterThanOrEqual(independentLoss(pd, coverage, volatility) - 1e-14)
          expect(wrongWay).toBeLessThanOrEqual(pd + 1e-14)
        },
      ),
      seeded,
    )
  })

  it('are likelier on the way than at the end, and stay probabilities far into the tail', () => {
    fc.assert(
      fc.property(
        between(1, 4),
        between(-2, 2),
        between(0.01, 1.5),
        between(0.01, 10),
        (assets, drift, volatility, years) => {
          const passage = firstPassageProbability(assets, 1, drift, volatility, years)
          expect(passage).toBeGreaterThanOrEqual(terminalDefaultProbability(assets, 1, drift, volatility, years))
          expect(passage).toBeLessThanOrEqual(1)
        },
      ),
      seeded,
    )
  })
})

describe('the reserve', () => {
  it('lasts no shorter with more cash and no longer with more leavers', () => {
    fc.assert(
      fc.property(
        between(0, 0.5),
        between(0, 0.5),
        fc.integer({ min: 1, max: 26 }),
        between(0.001, 0.3),
        (cash, bills, rungs, outflow) => {
          const day = liquiditySurvival(cash, bills, rungs, outflow)
          expect(liquiditySurvival(cash + 0.05, bills, rungs, outflow)).toBeGreaterThanOrEqual(day)
          expect(liquiditySurvival(cash, bills, rungs, outflow * 1.2)).toBeLessThanOrEqual(day)
        },
      ),
      seeded,
    )
  })

  it('discounts by both short rates alike when nothing is uncertain', () => {
    fc.assert(
      fc.property(between(0, 5), between(0, 0.1), between(0, 0.1), between(0, 20), (a, b, r0, years) => {
        expect(cirBond(a, b, 0, r0, years)).toBeCloseTo(vasicekBond(a, b, 0, r0, years), 12)
      }),
      seeded,
    )
  })
})
