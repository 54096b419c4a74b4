/** Deals and portfolios: published and independently computed figures that no hook carries. */
import { describe, expect, it } from 'vitest'
import { levelPayment } from '../../models/deals/annuity.ts'
import { defaultCountProbabilities, defaultCountQuantile } from '../../models/deals/binomialMixture.ts'
import { debtServiceCoverage, loanToValue, netOperatingIncome } from '../../models/deals/covenants.ts'
import { cappedShare, internalRateOfReturn } from '../../models/deals/equity.ts'
import { tokenisationFee } from '../../models/deals/fees.ts'
import { terminalDefaultProbability } from '../../models/deals/firstPassage.ts'
import { defaultIntensity, defaultProbability, overlayBaseIntensity } from '../../models/deals/intensity.ts'
import { lossGivenDefault, presentRecovery } from '../../models/deals/lossGivenDefault.ts'
import { vasicekQuantile, vasicekSd } from '../../models/deals/vasicek.ts'
import { expectedLoss, independentLoss } from '../../models/deals/wrongWayLoss.ts'
import { exp, log, pow } from '../../sim/kernel/maths/elementary.ts'
import { normalPdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { tailRisk } from '../../sim/statistics/tailRisk.ts'

describe('a deal', () => {
  it('of 64 machines earns 66,809.60 a month and covers its debt 1.391493 times', () => {
    const income = netOperatingIncome(64, 0.8, 2.35, 0.45)
    expect(income).toBeCloseTo(66809.6, 8)
    expect(debtServiceCoverage(income, 48012.88)).toBeCloseTo(1.391493, 6)
    expect(debtServiceCoverage(income, levelPayment(1e6, 0.14, 24))).toBeCloseTo(1.391493, 6)
  })

  it('measures its debt against the haircut value of its machines', () => {
    expect(loanToValue(750_000, 40, 25_000, 0.25)).toBe(1)
    expect(loanToValue(0, 0, 25_000, 0.25)).toBe(0)
    expect(loanToValue(1, 0, 25_000, 0.25)).toBe(Infinity)
    expect(debtServiceCoverage(-5, 0)).toBe(Infinity)
  })

  it('pays the published tokenisation fee for 3, 6, 12 and 18 months (GAIB documentation)', () => {
    const shares = [3, 6, 12, 18].map((months) => tokenisationFee(1, months, 0.0025, 0.01))
    expect(shares).toEqual([0.0025, 0.005, 0.01, 0.015])
  })

  it('that shares revenue returns 37.586 % a year, as an equity deal may and a loan does not', () => {
    const receipts = Array.from({ length: 36 }, (_, k) => 0.7 * 0.8 * 2.35 * 730 * 60 * pow(0.98, k))
    expect(receipts[0]).toBeCloseTo(57640.8, 8)
    expect(receipts.reduce((sum, receipt) => sum + receipt, 0)).toBeCloseTo(1489400.44, 2)
    const monthly = internalRateOfReturn(1e6, receipts)
    expect(monthly).toBeCloseTo(0.0269467, 8)
    expect(pow(1 + monthly, 12) - 1).toBeCloseTo(0.37586, 5)
  })

  it('with a cap on its rate of return pays until the cap is reached and no further', () => {
    let outstanding = 1000
    const receipts: number[] = []
    for (let month = 0; month < 24; month++) {
      const paid = cappedShare(outstanding, 0.02, 100)
      outstanding = outstanding * 1.02 - paid
      receipts.push(paid)
    }
    expect(receipts[0]).toBe(100)
    expect(receipts[23]).toBe(0)
    expect(internalRateOfReturn(1000, receipts)).toBeCloseTo(0.02, 12)
  })

  it('refuses a rate of return that need not be unique', () => {
    expect(() => internalRateOfReturn(1000, [900, -50, 400])).toThrow(/receipts\[1\]: -50/)
    expect(() => internalRateOfReturn(0, [900])).toThrow(/outlay: 0/)
    expect(internalRateOfReturn(1000, [0, 0])).toBe(-1)
  })

  it('in default recovers .797305 of a million after 8 % cost and four months at 12 %', () => {
    const recovered = presentRecovery(900_000, 0.08, 4 / 12, 0.12)
    expect(recovered / 1e6).toBeCloseTo(0.797305, 6)
    expect(lossGivenDefault(1e6, recovered)).toBeCloseTo(0.202695, 6)
    expect(lossGivenDefault(1e6, 2e6)).toBe(0)
    expect(lossGivenDefault(1e6, -1)).toBe(1)
  })
})

describe('the hazard of default', () => {
  it('of 5 % a year is .05129329 a year, .0001405197 a day and .0127414551 a quarter', () => {
    const intensity = defaultIntensity(0.05)
    expect(intensity).toBeCloseTo(0.05129329438755, 14)
    expect(defaultProbability(intensity, 1 / 365)).toBeCloseTo(0.0001405197, 12)
    expect(defaultProbability(intensity, 0.25)).toBeCloseTo(0.0127414551, 10)
    expect(defaultProbability(defaultIntensity(1), 0.001)).toBe(1)
    expect(defaultProbability(defaultIntensity(1), 0)).toBe(0)
    expect(defaultProbability(defaultIntensity(0), 1)).toBeCloseTo(0, 15)
  })

  it('of the overlay matched to 5 % and .0524 has .460 as its 99.9 % quantile: it does not nest the copula', () => {
    const sensitivity = 0.935
    const base = overlayBaseIntensity(0.05, sensitivity, 1)
    const given = (z: number) => defaultProbability(base * exp(-sensitivity * z), 1)
    let mean = 0
    let square = 0
    for (let z = -9; z <= 9; z += 0.01) {
      mean += 0.01 * normalPdf(z) * given(z)
      square += 0.01 * normalPdf(z) * given(z) * given(z)
    }
    expect(mean).toBeCloseTo(0.05, 9)
    expect(Math.sqrt(square - mean * mean)).toBeCloseTo(0.0524, 4)
    expect(given(-normalQuantile(0.999))).toBeCloseTo(0.46, 3)
    expect(overlayBaseIntensity(0, 1, 1)).toBe(0)
    expect(overlayBaseIntensity(0.05, 0, 2)).toBeCloseTo(defaultIntensity(0.05) / 2, 12)
  })
})

describe('a large portfolio', () => {
  it.each([
    [0.01, 0.45, 92.32, 0.005],
    [0.01, 0.4, 82.06, 0.005],
    [0.0003, 0.45, 14.44, 0.005],
    [0.02, 0.45, 114.86, 0.015], // The published table is a hundredth above what its own formula gives, 114.85.
    [0.03, 0.45, 128.44, 0.005],
  ])('of PD %d and LGD %d carries the risk weight of %d % (Basel II, Annex 5)', (pd, lgd, published, tolerance) => {
    const share = (1 - exp(-50 * pd)) / (1 - exp(-50))
    const rho = 0.12 * share + 0.24 * (1 - share)
    const slope = 0.11852 - 0.05478 * log(pd)
    const maturity = 1 / (1 - 1.5 * slope * slope)
    const capital = lgd * (vasicekQuantile(pd, rho, 0.999) - pd) * maturity
    expect(Math.abs(capital * 12.5 * 100 - published)).toBeLessThanOrEqual(tolerance)
  })

  it('looks six times too calm when the factor is drawn anew every day, and twice when every month', () => {
    // Losses of independent draws add up, the few defaults of earlier draws apart.
    const annualSd = (draws: number) =>
      Math.sqrt(draws) * vasicekSd(defaultProbability(defaultIntensity(0.05), 1 / draws), 0.2)
    expect(annualSd(365)).toBeCloseTo(0.0092083, 7)
    expect(annualSd(12)).toBeCloseTo(0.0272298, 7)
    expect(annualSd(1)).toBeCloseTo(0.052397, 7)
  })

  it('with wrong-way collateral loses 66 % more than if collateral and default were independent', () => {
    const ratio = expectedLoss(0.08, 0.25, 0.91, 0.35, 0.7) / independentLoss(0.08, 0.91, 0.35)
    expect(ratio - 1).toBeCloseTo(0.66, 2)
  })

  it('is .929206 standard deviations from default in the case of Merton', () => {
    expect(-normalQuantile(terminalDefaultProbability(1.4, 1, 0.05, 0.35, 1))).toBeCloseTo(0.929206, 6)
  })
})

describe('few borrowers', () => {
  it.each([
    [20, 0.99, 0.37908],
    [20, 0.999, 0.53631],
    [50, 0.99, 0.33834],
    [50, 0.999, 0.47852],
    [100, 0.99, 0.32352],
    [100, 0.999, 0.459],
  ])('%d of them lose at %d the expected shortfall %d', (names, q, published) => {
    const probabilities = defaultCountProbabilities(names, 0.05, 0.2)
    const losses = probabilities.map((_, k) => k / names)
    expect(tailRisk(losses, q, probabilities).expectedShortfall).toBeCloseTo(published, 5)
  })

  it('20 of them, 70 % of assets with 35 % lost given default, need 11.025 % of assets at 99.9 %', () => {
    const defaults = defaultCountQuantile(defaultCountProbabilities(20, 0.05, 0.2), 0.999)
    expect((0.7 * 0.35 * defaults) / 20).toBeCloseTo(0.11025, 12)
  })
})
