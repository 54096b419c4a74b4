/** Hooks of rents, machines and deals: where credit losses come from. */
import { z } from 'zod'
import { defaultCountProbabilities, defaultCountQuantile } from '../../../models/deals/binomialMixture.ts'
import { doubleTQuantile, doubleTThreshold } from '../../../models/deals/doubleT.ts'
import { firstPassageProbability, terminalDefaultProbability } from '../../../models/deals/firstPassage.ts'
import {
  trancheExpectedLoss,
  vasicekExpectedShortfall,
  vasicekQuantile,
  vasicekSd,
} from '../../../models/deals/vasicek.ts'
import { expectedLoss, independentLoss, lossQuantile } from '../../../models/deals/wrongWayLoss.ts'
import { contractRent } from '../../../models/gpuMarket/contractRent.ts'
import { hamiltonFilter } from '../../../models/gpuMarket/hamiltonFilter.ts'
import { ouCoefficients, ouJumpMoments, ouStep } from '../../../models/gpuMarket/ornsteinUhlenbeck.ts'
import { clearingPrice, criticalNeed } from '../../../models/hardware/fireSale.ts'
import { breakEvenRent, fundamentalValue, retirementAge } from '../../../models/hardware/fundamentalValue.ts'
import { amortisationSchedule } from '../../../models/ledger/amortisation.ts'
import { InputError } from '../../kernel/errors.ts'
import { defineHook, type Hook, integer } from './hook.ts'

const probability = z.number().min(0).max(1)
const pd = probability.describe('probability of default')
const rho = probability.describe('correlation of latent assets')
const openProbability = z.number().gt(0).lt(1)
const level = openProbability.describe('probability of the quantile, strictly between 0 and 1')
const levels = z.array(level).max(1000).describe('probabilities of the quantiles')
const kappa = z.number().min(0).max(1e6).describe('1/year: mean reversion')
const sigma = z.number().min(0).max(10).describe('log points per square root of a year: volatility')
const years = z.number().min(0).max(200)
const deviation = z.number().min(-50).max(50)
const decline = z.number().min(-5).max(10).describe('1/year: decline of the rent')

/** JSON has no infinity: what is unbounded is null. */
function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function requireFinite(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new InputError(`${name} is too large for a double; smaller arguments are right`)
  return value
}

const rents: Hook[] = [
  defineHook({
    name: 'ouCoefficients',
    meaning: 'Coefficients of the exact Ornstein-Uhlenbeck step; stationarySd is null without mean reversion.',
    source: 'Uhlenbeck and Ornstein, Physical Review 36 (1930); Glasserman, Monte Carlo Methods, section 3.3.1',
    arguments: z.strictObject({ kappa, sigma, years: years.describe('years: length of the step') }),
    evaluate: (o) => {
      const { a, sd, stationarySd } = ouCoefficients(o.kappa, o.sigma, o.years)
      return { a, sd, stationarySd: orNull(stationarySd) }
    },
  }),
  defineHook({
    name: 'ouStep',
    meaning: 'One exact step of the log deviation.',
    source: 'Uhlenbeck and Ornstein, Physical Review 36 (1930)',
    arguments: z.strictObject({
      y: deviation.describe('log points: deviation before the step'),
      kappa,
      sigma,
      years: years.describe('years: length of the step'),
      z: z.number().describe('standard normal draw'),
    }),
    evaluate: (o) => {
      const { a, sd } = ouCoefficients(o.kappa, o.sigma, o.years)
      return { y: ouStep(o.y, a, sd, o.z) }
    },
  }),
  defineHook({
    name: 'ouJumpMoments',
    meaning: 'Mean of exp Y, and mean and variance of Y, for the log deviation with compound Poisson jumps.',
    source: 'Duffie, Pan and Singleton, Econometrica 68 (2000); Merton, J. Financial Economics 3 (1976)',
    arguments: z.strictObject({
      y0: deviation.describe('log points: deviation at the start'),
      kappa,
      sigma,
      intensity: z.number().min(0).max(1000).describe('jumps a year'),
      jumpMean: z.number().min(-5).max(5).describe('log points: mean size of a jump'),
      jumpSd: z.number().min(0).max(3).describe('log points: standard deviation of the size'),
      years: years.describe('years: horizon'),
    }),
    evaluate: (o) => {
      const moments = ouJumpMoments(o.y0, o.kappa, o.sigma, o.intensity, o.jumpMean, o.jumpSd, o.years)
      return { ...moments, meanExp: requireFinite(moments.meanExp, 'meanExp') }
    },
  }),
  defineHook({
    name: 'contractRent',
    meaning: 'Rent of a contract: the mean over its term of the expected spot rent, without a risk premium.',
    source: 'Schwartz, J. Finance 52 (1997), eq. 9, averaged over the term',
    arguments: z.strictObject({
      level: z.number().min(0).max(1e6).describe('USD/GPU-hour: obsolescence curve today'),
      decline,
      kappa,
      sigma,
      y0: deviation.describe('log points: deviation today'),
      months: z.number().min(0).max(600).describe('months: term'),
    }),
    evaluate: (o) => ({
      rent: requireFinite(contractRent(o.level, o.decline, o.kappa, o.sigma, o.y0, o.months), 'rent'),
    }),
  }),
  defineHook({
    name: 'hamiltonFilter',
    meaning: 'Likelihood of a Markov-switching normal, and the probability of its last regime after each observation.',
    source: 'Hamilton, Econometrica 57 (1989); Time Series Analysis (1994), section 22.4',
    arguments: z
      .strictObject({
        observations: z.array(z.number()).min(1).max(100_000).describe('one a period, in the unit of the means'),
        means: z.array(z.number()).min(1).max(20).describe('mean in each regime'),
        sds: z.array(z.number().gt(0)).min(1).max(20).describe('standard deviation in each regime'),
        transition: z.array(z.array(probability)).describe('row i: probabilities from regime i to each'),
        initial: z.array(probability).describe('probability of each regime before the first move'),
      })
      .superRefine((o, context) => {
        const regimes = o.means.length
        const refuse = (path: (string | number)[], message: string) =>
          context.addIssue({ code: 'custom', path, message })
        if (o.sds.length !== regimes) refuse(['sds'], `${o.sds.length} given; ${regimes}, one a mean, is right`)
        if (o.transition.length !== regimes) refuse(['transition'], `${o.transition.length} rows; ${regimes} is right`)
        o.transition.forEach((row, i) => {
          if (!isDistribution(row, regimes)) refuse(['transition', i], `must be ${regimes} probabilities that sum to 1`)
        })
        if (!isDistribution(o.initial, regimes)) refuse(['initial'], `must be ${regimes} probabilities that sum to 1`)
      }),
    evaluate: (o) => {
      const filtered = hamiltonFilter(o.observations, o.means, o.sds, o.transition, o.initial)
      const last = o.means.length - 1
      return {
        logLikelihood: filtered.logLikelihood,
        probabilities: filtered.probabilities.map((regimes) => regimes[last]),
      }
    },
  }),
]

function isDistribution(row: readonly number[], length: number): boolean {
  return row.length === length && Math.abs(row.reduce((sum, weight) => sum + weight, 0) - 1) <= 1e-9
}

const machine = {
  decline,
  opex: z.number().min(0).max(1e6).describe('USD/GPU-hour: running cost'),
  discount: z.number().min(0).max(10).describe('1/year: discount rate'),
  utilisation: probability.describe('share of hours rented out'),
  life: z.number().min(0).max(100).describe('years: physical life'),
  scrap: z.number().min(0).max(1e9).describe('USD: value at retirement'),
}

const machines: Hook[] = [
  defineHook({
    name: 'hardwareValue',
    meaning: 'Value of a machine as capitalised rent, and the age at which it is retired.',
    source: 'Hotelling, J. American Statistical Association 20 (1925): capitalised rent under optimal retirement',
    arguments: z.strictObject({ rent: z.number().min(0).max(1e6).describe('USD/GPU-hour: rent today'), ...machine }),
    evaluate: (o) => ({
      value: fundamentalValue(o.rent, o.decline, o.opex, o.discount, o.utilisation, o.life, o.scrap),
      retirement: retirementAge(o.rent, o.decline, o.opex, o.utilisation, o.life),
    }),
  }),
  defineHook({
    name: 'breakEvenRent',
    meaning: 'Rent today at which a machine is worth what it costs.',
    source: 'Inverse of hardwareValue',
    arguments: z.strictObject({ capex: z.number().min(0).max(1e9).describe('USD: cost of the machine'), ...machine }),
    evaluate: (o) => ({
      rent: breakEvenRent(o.capex, o.decline, o.opex, o.discount, o.utilisation, o.life, o.scrap),
    }),
  }),
  defineHook({
    name: 'fireSalePrice',
    meaning:
      'Price at which sellers raise the cash they need while their sales move the price; null where none clears.',
    source: 'Cifuentes, Ferrucci and Shin, J. European Economic Association 3 (2005)',
    arguments: z.strictObject({
      gamma: z.number().min(0).max(1e6).describe('log-price impact of selling everything'),
      need: z.number().min(0).max(1e6).describe('cash, as a share of the holding at the old price'),
    }),
    evaluate: ({ gamma, need }) => {
      const price = clearingPrice(gamma, need)
      const critical = orNull(criticalNeed(gamma))
      if (price === 0) return { price: null, sold: null, criticalNeed: critical }
      return { price, sold: need / price, criticalNeed: critical }
    },
  }),
]

const loans: Hook[] = [
  defineHook({
    name: 'annuity',
    meaning:
      'Schedule of a level-payment loan, 30/360 monthly, rounded half-even to the cent; amounts are whole cents.',
    source: 'Kellison, The Theory of Interest, chapters 3 and 5',
    arguments: z.strictObject({
      principal: z
        .union([z.number().min(0).max(1e13).transform(dollarsToCents), integer])
        .describe('USD as a number with at most two decimals, or whole cents as a decimal string'),
      annualRate: z.number().min(0).max(10).describe('1/year: nominal rate, compounded monthly'),
      months: z.int().min(1).max(600).describe('number of instalments'),
    }),
    evaluate: ({ principal, annualRate, months }) => {
      const schedule = amortisationSchedule(principal, annualRate, months)
      return {
        payment: String(schedule.payment),
        lastPayment: String(schedule.lastPayment),
        totalInterest: String(schedule.totalInterest),
        rows: schedule.rows.map((row) => ({
          interest: String(row.interest),
          principal: String(row.principal),
          balance: String(row.balance),
        })),
      }
    },
  }),
  defineHook({
    name: 'firstPassage',
    meaning: 'Probability that assets touch the barrier by the horizon, and that they end below it.',
    source: 'Black and Cox, J. Finance 31 (1976); Merton, J. Finance 29 (1974)',
    arguments: z.strictObject({
      assets: z.number().gt(0).describe('USD today'),
      barrier: z.number().gt(0).describe('USD'),
      drift: z.number().min(-10).max(10).describe('1/year: expected growth of assets'),
      volatility: z.number().min(0).max(10).describe('per square root of a year'),
      years: years.describe('years: horizon'),
    }),
    evaluate: (o) => ({
      probability: firstPassageProbability(o.assets, o.barrier, o.drift, o.volatility, o.years),
      europeanProbability: terminalDefaultProbability(o.assets, o.barrier, o.drift, o.volatility, o.years),
    }),
  }),
]

function dollarsToCents(dollars: number, context: z.RefinementCtx): bigint {
  const cents = Math.round(dollars * 100)
  if (cents / 100 === dollars) return BigInt(cents)
  context.addIssue({
    code: 'custom',
    message: `${dollars} is not a whole number of cents; at most two decimals are right`,
  })
  return z.NEVER
}

const portfolios: Hook[] = [
  defineHook({
    name: 'vasicek',
    meaning:
      'Quantile, expected shortfall and standard deviation of the defaulted share of a large one-factor portfolio.',
    source: 'Vasicek, Risk 15/12 (2002); Acerbi and Tasche, J. Banking and Finance 26 (2002)',
    arguments: z.strictObject({ pd, rho, q: level }),
    evaluate: (o) => ({
      var: vasicekQuantile(o.pd, o.rho, o.q),
      es: vasicekExpectedShortfall(o.pd, o.rho, o.q),
      sd: vasicekSd(o.pd, o.rho),
    }),
  }),
  defineHook({
    name: 'trancheLoss',
    meaning: 'Expected loss of the tranche from 0 to the detachment, as a share of the portfolio.',
    source: 'Vasicek, Risk 15/12 (2002); Andersen and Sidenius, J. Credit Risk 1 (2005)',
    arguments: z.strictObject({ pd, rho, detachment: probability.describe('upper end, share of the portfolio') }),
    evaluate: (o) => ({ expectedLoss: trancheExpectedLoss(o.pd, o.rho, o.detachment) }),
  }),
  defineHook({
    name: 'binomialMixture',
    meaning: 'Probability of no default, and quantiles of the number of defaults, among few one-factor borrowers.',
    source: 'McNeil, Frey and Embrechts, Quantitative Risk Management, section 11.2',
    arguments: z.strictObject({
      names: z.int().min(1).max(10_000).describe('number of borrowers'),
      pd,
      rho,
      quantiles: levels,
    }),
    evaluate: (o) => {
      const probabilities = defaultCountProbabilities(o.names, o.pd, o.rho)
      return { none: probabilities[0], quantiles: o.quantiles.map((q) => defaultCountQuantile(probabilities, q)) }
    },
  }),
  defineHook({
    name: 'doubleT',
    meaning:
      'Threshold (null where infinite) and loss quantile of the one-factor model with Student t factor and own luck.',
    source: 'Hull and White, J. Derivatives 12/2 (2004)',
    arguments: z.strictObject({
      pd,
      rho,
      nu: z.number().gt(2).max(200).describe('degrees of freedom of both'),
      q: level,
    }),
    evaluate: (o) => {
      const threshold = doubleTThreshold(o.pd, o.rho, o.nu)
      return { threshold: orNull(threshold), quantile: doubleTQuantile(o.pd, o.rho, o.nu, threshold, o.q) }
    },
  }),
  defineHook({
    name: 'wrongWayLoss',
    meaning:
      'Expected loss and its quantiles where one factor drives default and collateral, and if they were independent.',
    source: 'Frye, Risk 13/11 (2000); Pykhtin, Risk 16/8 (2003)',
    arguments: z.strictObject({
      pd,
      rho,
      coverage: z.number().min(0).max(1000).describe('collateral per unit of debt'),
      haircut: probability.describe('fraction of the collateral lost in a forced sale'),
      volatility: z.number().min(0).max(5).describe('standard deviation of the log collateral value'),
      loading: probability.describe('of the collateral on the common factor'),
      quantiles: levels,
    }),
    evaluate: (o) => {
      const coverage = o.coverage * (1 - o.haircut)
      return {
        expectedLoss: expectedLoss(o.pd, o.rho, coverage, o.volatility, o.loading),
        independentLoss: independentLoss(o.pd, coverage, o.volatility),
        quantiles: o.quantiles.map((q) => lossQuantile(o.pd, o.rho, coverage, o.volatility, o.loading, q)),
      }
    },
  }),
]

export const hooks: Hook[] = [...rents, ...machines, ...loans, ...portfolios]
