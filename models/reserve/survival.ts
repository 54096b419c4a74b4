/** How long the liquid reserve lasts when holders keep leaving at the same pace. */
import { log1p } from '../../sim/kernel/maths/elementary.ts'

const daysPerRung = 7

/**
 * The day on which withdrawals first exceed the liquid reserve. Each day the share `outflow` of the supply that remains asks to leave;
 * a rung of bills matures at the start of days 7, 14, … and is received before that day's withdrawals; bills are held to maturity.
 * Source: survival horizon of a maturity ladder (Basel Committee, Principles for Sound Liquidity Risk Management, 2008).
 *
 * @param cash share of supply held in cash
 * @param bills share of supply held in bills
 * @param rungs equal weekly rungs of the ladder
 * @param outflow share of the remaining supply that leaves a day, 0 to 1
 * @returns day, counted from 1; Infinity when the reserve outlasts every holder
 */
export function liquiditySurvival(cash: number, bills: number, rungs: number, outflow: number): number {
  let liquid = cash
  let supply = 1
  const lastRung = daysPerRung * rungs
  for (let day = 1; day <= lastRung; day++) {
    if (day % daysPerRung === 0) liquid += bills / rungs
    const withdrawal = outflow * supply
    if (withdrawal > liquid) return day
    liquid -= withdrawal
    supply -= withdrawal
  }
  return lastRung + daysUntilExhausted(liquid, supply, outflow)
}

/** First n with supply (1 - (1 - outflow)^n) > liquid: no rung is left, so the sum is a geometric series. */
function daysUntilExhausted(liquid: number, supply: number, outflow: number): number {
  if (outflow === 0 || liquid >= supply) return Infinity
  if (outflow === 1) return 1
  return Math.floor(log1p(-liquid / supply) / log1p(-outflow)) + 1
}
