/** Hooks of the holders: when they run, and how far herding and rumour carry. */
import { z } from 'zod'
import { criticalSpread, runningShare } from '../../../models/holders/granovetter.ts'
import { heXiong } from '../../../models/holders/heXiong.ts'
import { morrisShin } from '../../../models/holders/morrisShin.ts'
import { rumourSize } from '../../../models/holders/rumour.ts'
import { runThreshold } from '../../../models/holders/runThreshold.ts'
import { defineHook, type Hook } from './hook.ts'

const yearly = z.number().min(0).max(1000)

export const hooks: Hook[] = [
  defineHook({
    name: 'runThreshold',
    meaning:
      'Later value of an illiquid unit below which every holder runs, in the global game of a fund with fire sales.',
    source: 'Goldstein and Pauzner, Journal of Finance 60 (2005); Ma, Zeng and Zhang (2023)',
    arguments: z.strictObject({
      liquid: z.number().min(0).max(1).describe('share of assets that is liquid'),
      fireSale: z.number().gt(0).max(1).describe('price of an illiquid unit sold now'),
      payout: z.number().gt(0).max(1).default(1).describe('paid to each who leaves while funds last'),
    }),
    evaluate: ({ liquid, fireSale, payout }) => ({ threshold: runThreshold(liquid, fireSale, payout) }),
  }),
  defineHook({
    name: 'morrisShin',
    meaning: 'Fundamental below which a run succeeds when holders see a public and a private signal.',
    source: 'Morris and Shin, NBER Macroeconomics Annual 15 (2000)',
    arguments: z.strictObject({
      y: z.number().min(-100).max(100).describe('public signal of the fundamental'),
      alpha: z.number().gt(0).describe('precision of the public signal'),
      beta: z.number().gt(0).describe('precision of the private signal'),
      t: z.number().gt(0).lt(1).describe('cost of running, as a share of what success pays'),
    }),
    evaluate: ({ y, alpha, beta, t }) => ({ threshold: morrisShin(y, alpha, beta, t) }),
  }),
  defineHook({
    name: 'heXiong',
    meaning: 'Fundamental below which maturing creditors refuse to roll over.',
    source: 'He and Xiong, Dynamic Debt Runs, Review of Financial Studies 25 (2012)',
    arguments: z.strictObject({
      rho: yearly.describe('discount rate of creditors, a year'),
      r: yearly.describe('interest on the claim, a year'),
      phi: yearly.describe('rate at which the asset matures, a year'),
      alpha: z.number().min(0).max(1).describe('share of the asset value that a forced sale brings'),
      mu: z.number().min(-100).max(100).describe('growth of the fundamental, a year'),
      sigma: z.number().gt(0).max(10).describe('volatility of the fundamental, a square-root year'),
      theta: yearly.describe('failures of the credit line in a run, per maturing claim'),
      delta: yearly.describe('rate at which claims mature, a year'),
    }),
    evaluate: (run) => ({ threshold: heXiong(run) }),
  }),
  defineHook({
    name: 'granovetter',
    meaning: 'Share that runs when thresholds are normal, and the spread at which it leaps (null where it never does).',
    source: 'Granovetter, American Journal of Sociology 83 (1978); Granovetter and Soong (1983)',
    arguments: z.strictObject({
      mean: z.number().min(-10).max(10).describe('mean threshold, share of holders'),
      sd: z.number().min(0).max(10).describe('standard deviation of thresholds, share of holders'),
    }),
    evaluate: ({ mean, sd }) => ({ share: runningShare(mean, sd), criticalSd: criticalSpread(mean) }),
  }),
  defineHook({
    name: 'rumourSize',
    meaning: 'Share of holders that a rumour ever reaches.',
    source: 'Kermack and McKendrick, Proceedings of the Royal Society A 115 (1927)',
    arguments: z.strictObject({
      r0: z.number().min(0).max(1000).describe('listeners convinced by one spreader at the start'),
    }),
    evaluate: ({ r0 }) => ({ share: rumourSize(r0) }),
  }),
]
