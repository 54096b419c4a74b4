/** Hooks of the reserve: bills, bonds and how long liquidity lasts. */
import { z } from 'zod'
import { billPrice } from '../../../models/reserve/bills.ts'
import { liquiditySurvival } from '../../../models/reserve/survival.ts'
import { cirBond, vasicekBond } from '../../../models/reserve/zeroCouponBond.ts'
import { defineHook, type Hook } from './hook.ts'

export const hooks: Hook[] = [
  defineHook({
    name: 'billPrice',
    meaning: 'Price of a Treasury bill quoted at a bank discount rate, Act/360.',
    source: '31 CFR 356, appendix B',
    arguments: z.strictObject({
      face: z.number().min(0).describe('USD at maturity'),
      discount: z.number().min(-1).max(10).describe('1/year: bank discount rate'),
      days: z.number().min(0).max(366).describe('days to maturity'),
    }),
    evaluate: ({ face, discount, days }) => ({ price: billPrice(face, discount, days) }),
  }),
  defineHook({
    name: 'zeroCouponBond',
    meaning: 'Price today of one dollar at maturity under a short-rate model.',
    source: 'Vasicek, J. Financial Economics 5 (1977); Cox, Ingersoll and Ross, Econometrica 53 (1985)',
    arguments: z
      .strictObject({
        model: z.enum(['vasicek', 'cir']).describe('short-rate model'),
        a: z.number().min(0).max(1000).describe('1/year: mean reversion'),
        b: z.number().min(-1).max(10).describe('1/year: long-run rate'),
        s: z
          .number()
          .min(0)
          .max(10)
          .describe('volatility: 1/year per square root of a year (vasicek), and of a rate (cir)'),
        r0: z.number().min(-1).max(10).describe('1/year: short rate today'),
        years: z.number().min(0).max(100).describe('years to maturity'),
      })
      .refine(({ model, b, r0 }) => model === 'vasicek' || (b >= 0 && r0 >= 0), {
        message: 'b and r0 are never negative under cir; vasicek allows it',
      }),
    evaluate: ({ model, a, b, s, r0, years }) => ({
      price: model === 'cir' ? cirBond(a, b, s, r0, years) : vasicekBond(a, b, s, r0, years),
    }),
  }),
  defineHook({
    name: 'liquiditySurvival',
    meaning: 'First day on which withdrawals exceed the liquid reserve; null when it outlasts every holder.',
    source: 'Basel Committee, Principles for Sound Liquidity Risk Management and Supervision (2008), maturity ladder',
    arguments: z.strictObject({
      cash: z.number().min(0).max(10).describe('share of supply held in cash'),
      bills: z.number().min(0).max(10).describe('share of supply held in bills'),
      rungs: z.int().min(1).max(520).describe('equal weekly rungs of the bill ladder'),
      outflow: z.number().min(0).max(1).describe('share of the remaining supply that leaves a day'),
    }),
    evaluate: ({ cash, bills, rungs, outflow }) => {
      const day = liquiditySurvival(cash, bills, rungs, outflow)
      return { day: day === Infinity ? null : day }
    },
  }),
]
