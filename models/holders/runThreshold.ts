/** When holders run on a fund that promises more than a fire sale brings: the unique threshold of the global game. */
import { InputError } from '../../sim/kernel/errors.ts'
import { log, log1p } from '../../sim/kernel/maths/elementary.ts'

/**
 * The fundamental below which everyone runs. Assets are a share `liquid` worth 1 now and the rest worth `fundamental`
 * later or `fireSale` now; who leaves gets `payout` while funds last and an equal part after; who stays shares the
 * rest. The marginal holder holds every share of leavers equally likely and is indifferent at the threshold: the
 * integral over that share of staying less leaving is zero. Where the money lasts even if all leave (payout below
 * liquid + fireSale (1 - liquid)), the last to stay inherit the remainder and nobody runs: 0.
 * Source: closed form of the Laplacian indifference condition of Goldstein and Pauzner, Journal of Finance 60 (2005),
 * for assets sold one by one as in Ma, Zeng and Zhang, Stablecoin Runs and the Centralization of Arbitrage (2023).
 * @param liquid share of assets, 0..1
 * @param fireSale price of an illiquid unit sold now, above 0 and at most 1
 * @param payout per leaver, above 0 and at most 1
 * @returns later value of an illiquid unit; above 1 it says how much more than par the book must be worth to keep
 * holders.
 */
export function runThreshold(liquid: number, fireSale: number, payout = 1): number {
  if (!(liquid >= 0 && liquid <= 1)) throw new InputError(`liquid ${liquid} is wrong; a share of 0 to 1 is right`)
  if (!(fireSale > 0 && fireSale <= 1))
    throw new InputError(`fireSale ${fireSale} is wrong; above 0 and at most 1 is right`)
  if (!(payout > 0 && payout <= 1)) throw new InputError(`payout ${payout} is wrong; above 0 and at most 1 is right`)
  const illiquid = 1 - liquid
  const saleProceeds = fireSale * illiquid
  const uncovered = illiquid * (1 - fireSale) - (1 - payout)
  if (uncovered < 0) return 0
  if (illiquid === 0) return 1
  const beyondLiquid = payout - liquid
  const liquidSpan = -log1p(-liquid / payout)
  const saleSpan = uncovered === 0 ? 0 : uncovered * log(beyondLiquid / uncovered)
  const gainOfLeaving = beyondLiquid * liquidSpan + saleProceeds - (liquid + saleProceeds) * log1p(-uncovered / payout)
  return gainOfLeaving / (illiquid * liquidSpan + (saleProceeds - saleSpan) / fireSale)
}
