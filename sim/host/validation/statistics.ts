/** Validation hooks of the statistics behind every reported number. */
import { z } from 'zod'
import { clopperPearson, quantileInterval, wilks } from '../../statistics/intervals.ts'
import { tailRisk } from '../../statistics/tailRisk.ts'
import { defineHook, type Hook } from './hook.ts'

const paths = z.int().min(1).max(1e9).describe('count: number of paths, 1 to 1e9')
const openProbability = (meaning: string) => z.number().gt(0).lt(1).describe(`probability, between 0 and 1: ${meaning}`)
const confidence = openProbability('confidence of the interval')

const quantileIntervalHook = defineHook({
  name: 'quantileInterval',
  meaning: 'Ranks of the order statistics between which a quantile lies with the stated confidence; null = unbounded.',
  source: 'David and Nagaraja, Order Statistics, 3rd ed., section 7.1',
  arguments: z.strictObject({ n: paths, p: openProbability('level of the quantile'), confidence }),
  evaluate: ({ n, p, confidence }) => ({ ...quantileInterval(n, p, confidence) }),
})

const clopperPearsonHook = defineHook({
  name: 'clopperPearson',
  meaning: 'Exact interval of a probability from k failures among n paths.',
  source: 'Clopper and Pearson (1934), Biometrika 26',
  arguments: z
    .strictObject({
      k: z.int().min(0).max(1e9).describe('count: paths that failed, at most n'),
      n: paths,
      confidence,
      side: z.enum(['two', 'upper']).default('two').describe('two: both ends; upper: one-sided upper bound, lower 0'),
    })
    .refine(({ k, n }) => k <= n, { message: 'more failures than paths; at most n wanted', path: ['k'] }),
  evaluate: ({ k, n, confidence, side }) => ({ ...clopperPearson(k, n, confidence, side) }),
})

const wilksHook = defineHook({
  name: 'wilks',
  meaning: 'Smallest number of paths whose order-th largest loss bounds a quantile of the loss from above.',
  source: 'Wilks (1941), Annals of Mathematical Statistics 12',
  arguments: z.strictObject({
    coverage: openProbability('level of the quantile that is bounded').max(1 - 1e-6),
    confidence,
    order: z.int().min(1).max(1000).describe('count: which of the largest losses is the bound, 1 = the largest'),
  }),
  evaluate: ({ coverage, confidence, order }) => ({ n: wilks(coverage, confidence, order) }),
})

const losses = z.array(z.number()).min(1).describe('any unit, positive = loss: one loss a path')
const weights = z
  .array(z.number().min(0))
  .optional()
  .describe('importance weight of each path, at least 0; left out: 1')

const tailRiskHook = defineHook({
  name: 'tailRisk',
  meaning:
    'Value at risk (loss of rank ceil(nq)) and expected shortfall with the fractional weight at the value at risk.',
  source: 'Acerbi and Tasche (2002), Journal of Banking and Finance 26',
  arguments: z
    .strictObject({ losses, weights, q: openProbability('level of the value at risk') })
    .refine((input) => input.weights === undefined || input.weights.length === input.losses.length, {
      message: 'one weight a loss wanted',
      path: ['weights'],
    }),
  evaluate: ({ losses, weights, q }) => {
    const { valueAtRisk, expectedShortfall } = tailRisk(losses, q, weights)
    return { var: valueAtRisk, es: expectedShortfall }
  },
})

export const hooks: Hook[] = [quantileIntervalHook, clopperPearsonHook, wilksHook, tailRiskHook]
