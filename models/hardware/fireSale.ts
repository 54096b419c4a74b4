/** What machines fetch when many must be sold at once. */
import { exp } from '../../sim/kernel/maths/elementary.ts'

const inverseE = 0.36787944117144233

/**
 * Proceeds of selling machines: the mid less the fixed cost, the impact of everything sold in the window, and the price of haste.
 * M q (1 - c) exp(-gamma Q / depth) (1 - h). The impact is exponential, so a price never falls below zero.
 * Source: Cifuentes, Ferrucci and Shin, J. European Economic Association 3 (2005); Almgren and Chriss, J. Risk 3 (2000).
 *
 * @param mid market price, USD/GPU
 * @param quantity sold by this seller, GPUs
 * @param fixedCost of dismantling, freight and fees, fraction of the mid
 * @param gamma log-price impact of selling one unit of depth
 * @param totalSold by every seller in the window, this one included, GPUs
 * @param depth of the market, GPUs; Infinity for no impact
 * @param speedDiscount for selling in haste, fraction
 * @returns USD
 */
export function liquidationProceeds(
  mid: number,
  quantity: number,
  fixedCost: number,
  gamma: number,
  totalSold: number,
  depth: number,
  speedDiscount: number,
): number {
  return mid * quantity * (1 - fixedCost) * exp((-gamma * totalSold) / depth) * (1 - speedDiscount)
}

/** Largest cash need that a market of impact `gamma` can meet: 1 / (gamma e), as a share of what the seller holds at the old price. */
export function criticalNeed(gamma: number): number {
  return inverseE / gamma
}

/**
 * Price at which sellers raise exactly the cash they need, where selling moves the price: p = exp(-gamma s), s = need / p.
 * The upper branch, p = exp(W0(-gamma need)) with W0 the Lambert function, is the one that selling reaches from p = 1.
 * w exp(w) is convex there, so Newton from the right falls to the root and stops; the start is accurate near the critical need,
 * where Newton alone would only halve its error. Source: Cifuentes, Ferrucci and Shin (2005).
 *
 * @param gamma log-price impact of selling everything, at least 0
 * @param need cash, as a share of the holding at the old price, at least 0
 * @returns price relative to the old one; 0 where no price clears, and everything must be sold
 */
export function clearingPrice(gamma: number, need: number): number {
  const x = gamma * need
  if (x > inverseE) return 0
  let w = Math.min(0, Math.sqrt(2 * Math.max(0, 1 - x / inverseE)) - 1)
  for (let turn = 0; turn < 60 && w > -1; turn++) {
    const power = exp(w)
    const next = w - (w * power + x) / (power * (w + 1))
    if (!(next < w)) break
    w = Math.max(-1, next)
  }
  return exp(w)
}
