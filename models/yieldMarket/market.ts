/**
 * Pendle's principal-token market in floating point: PT against the yield-bearing token (SY), priced by a logit of the pool's
 * proportions around an anchor that keeps the implied rate from one trade to the next.
 *
 * Source: Pendle V2 (V. Nguyen and L. Vuong, "Pendle AMM V2", 2022, and the deployed MarketMathCore).
 * Units: PT and SY in tokens; `index` asset a SY; `years` to expiry, years of 365 days; lnImpliedRate continuous, 1/year.
 */
import { InputError } from '../../sim/kernel/errors.ts'
import { exp, log, log1p } from '../../sim/kernel/maths/elementary.ts'

/** Beyond this share of PT in the pool the market refuses to trade. */
export const MAXIMUM_PROPORTION = 0.96

/** Places in the `result` of trade. */
export const EXCHANGE_RATE = 0
/** SY that the trader gets (above zero) or gives (below). */
export const SY_TO_TRADER = 1
export const FEE = 2
export const RESERVE_FEE = 3
export const TOTAL_PT = 4
export const TOTAL_SY = 5
export const LN_IMPLIED_RATE = 6
export const TRADE_RESULTS = 7

/** Steepness of the curve: scalarRoot / years, growing to infinity at expiry. */
export function rateScalar(scalarRoot: number, years: number): number {
  if (!(years > 0)) throw new InputError(`years ${years}: above zero, the market closes at expiry`)
  return scalarRoot / years
}

/** Fee as a ratio of exchange rates: e^(lnFeeRoot · years), 1 for none. */
export const feeRate = (lnFeeRoot: number, years: number): number => exp(lnFeeRoot * years)

/** Continuous rate of a yearly yield (APY). */
export const lnRateOfYield = (apy: number): number => log1p(apy)

/** Value of one PT in the asset at an implied rate: e^(−lnImpliedRate · years); 1 at expiry. */
export const ptPrice = (lnImpliedRate: number, years: number): number => exp(-lnImpliedRate * years)

/** Value of one YT in the asset: what PT lacks of 1. */
export const ytPrice = (lnImpliedRate: number, years: number): number => 1 - ptPrice(lnImpliedRate, years)

/** PT price of a linear-discount oracle: 1 − yearlyDiscount · years. */
export const linearDiscountPrice = (yearlyDiscount: number, years: number): number => 1 - yearlyDiscount * years

/** Relative change of the PT price when the continuous implied rate moves by `change`. */
export const ptPriceChange = (change: number, years: number): number => exp(-years * change) - 1

const logit = (p: number): number => log(p / (1 - p))

/**
 * The anchor that makes the market's rate, at its present proportions, the implied one.
 * @throws InputError when a side of the pool is empty, the market has expired, or the implied rate is below zero.
 */
export function rateAnchor(
  totalPt: number,
  totalAsset: number,
  lnImpliedRate: number,
  scalar: number,
  years: number,
): number {
  if (!(totalPt > 0 && totalAsset > 0))
    throw new InputError(`pool of ${totalPt} PT and ${totalAsset} asset: both above zero`)
  if (!(lnImpliedRate >= 0)) throw new InputError(`implied rate ${lnImpliedRate}: zero or above`)
  return exp(lnImpliedRate * years) - logit(totalPt / (totalPt + totalAsset)) / scalar
}

/**
 * PT a unit of asset when the trader buys `netPt` (sells below zero), before the fee.
 * @throws InputError when the pool lacks the PT, its share of PT would pass 96 %, or the rate would fall below 1.
 */
export function exchangeRate(
  totalPt: number,
  totalAsset: number,
  netPt: number,
  scalar: number,
  anchor: number,
): number {
  if (!(netPt < totalPt)) throw new InputError(`trade of ${netPt} PT: below the pool's ${totalPt}`)
  const proportion = (totalPt - netPt) / (totalPt + totalAsset)
  if (proportion > MAXIMUM_PROPORTION) {
    throw new InputError(`trade of ${netPt} PT: leaves ${proportion} of PT in the pool, at most ${MAXIMUM_PROPORTION}`)
  }
  const rate = logit(proportion) / scalar + anchor
  if (rate < 1) throw new InputError(`trade of ${netPt} PT: exchange rate ${rate}, at least 1`)
  return rate
}

/**
 * One trade: the trader buys `netPt` (sells below zero) for SY. `lnFeeRoot` is the log of the yearly fee ratio, `reserveShare` the
 * part of the fee that leaves the pool. Writes the seven numbers named above into `result`.
 * @throws InputError as rateAnchor and exchangeRate do, and where the fee takes a buyer's rate below 1.
 */
export function trade(
  totalPt: number,
  totalSy: number,
  lnImpliedRate: number,
  netPt: number,
  index: number,
  scalarRoot: number,
  years: number,
  lnFeeRoot: number,
  reserveShare: number,
  result: Float64Array,
): void {
  const totalAsset = totalSy * index
  const scalar = rateScalar(scalarRoot, years)
  const anchor = rateAnchor(totalPt, totalAsset, lnImpliedRate, scalar, years)
  const rate = exchangeRate(totalPt, totalAsset, netPt, scalar, anchor)
  const ratio = feeRate(lnFeeRoot, years)
  const asset = -netPt / rate
  if (netPt > 0 && rate / ratio < 1) {
    throw new InputError(`trade of ${netPt} PT: exchange rate ${rate / ratio} after the fee, at least 1`)
  }
  const fee = netPt > 0 ? asset * (1 - ratio) : (-asset * (1 - ratio)) / ratio
  const toTrader = (asset - fee) / index
  const toReserve = (fee * reserveShare) / index
  const ptAfter = totalPt - netPt
  const syAfter = totalSy - toTrader - toReserve
  result[EXCHANGE_RATE] = rate
  result[SY_TO_TRADER] = toTrader
  result[FEE] = fee / index
  result[RESERVE_FEE] = toReserve
  result[TOTAL_PT] = ptAfter
  result[TOTAL_SY] = syAfter
  result[LN_IMPLIED_RATE] = log(exchangeRate(ptAfter, syAfter * index, 0, scalar, anchor)) / years
}
