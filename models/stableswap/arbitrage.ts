/**
 * Arbitrage between the pool and par: buy AID below par and redeem it, or mint AID and sell it above par.
 *
 * Profit is the value of what comes out less the cost of what goes in. Along the curve what comes out is concave in what goes
 * in, so the best size is where the marginal trade, after the pool's fee, only just pays, or where a limit binds.
 * Scalar, allocation-free, with a fixed maximum of turns.
 */
import {
  exchange,
  exchangeOutAt,
  FEE_IN_Y,
  feeRate,
  grossOut,
  invariantD,
  AMOUNT as OUT_OF_POOL,
  spotPrice,
} from './curve.ts'

/** Places in the `result` of the arbitrage functions. */
export const SIZE = 0
export const OUT = 1
export const PROFIT = 2
/** 1 where a limit bound the size, 0 where the price did. */
export const CAPPED = 3

const TURNS = 80
/** A marginal gain this small, per unit of cost, is rounding. */
const NOTHING = 1e-13

/** d(out)/d(dx) of a trade of dx of x for y at invariant D, after the fee and its own movement (dimensionless). */
export function marginalOut(
  x: number,
  y: number,
  dx: number,
  D: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
): number {
  const gross = grossOut(x, y, dx, D, amplification)
  const price = spotPrice(x + dx, y - gross, D, amplification)
  const u = x + 0.5 * dx
  const v = y - 0.5 * gross
  const rate = feeRate(u, v, fee, offpegMultiplier)
  if (offpegMultiplier <= 1) return price * (1 - rate)
  const total = u + v
  const evennessSlope = (2 * (v - u) * (v + u * price)) / (total * total * total)
  const rateSlope = (-rate * rate * (offpegMultiplier - 1) * evennessSlope) / (offpegMultiplier * fee)
  return price * (1 - rate) - gross * (fee > 0 ? rateSlope : 0)
}

/**
 * The trade of coin x for coin y that earns most: `valueOut` a token of y received, `costIn` a token of x given (one currency),
 * `fixedCost` a trade (gas), at most `maximumIn` of x and `maximumOut` of y (Infinity: no limit).
 * result[SIZE]: x to give; result[OUT]: y received (may pass maximumOut by rounding); result[PROFIT]: net of the fixed cost;
 * result[CAPPED]: 1 where a limit bound. All zero where no size pays.
 */
export function bestTrade(
  x: number,
  y: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  valueOut: number,
  costIn: number,
  fixedCost: number,
  maximumIn: number,
  maximumOut: number,
  result: Float64Array,
): void {
  bestTradeAt(
    x,
    y,
    invariantD(x, y, amplification),
    amplification,
    fee,
    offpegMultiplier,
    valueOut,
    costIn,
    fixedCost,
    maximumIn,
    maximumOut,
    result,
  )
}

/** bestTrade in a pool whose invariant D is at hand. */
export function bestTradeAt(
  x: number,
  y: number,
  D: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  valueOut: number,
  costIn: number,
  fixedCost: number,
  maximumIn: number,
  maximumOut: number,
  result: Float64Array,
): void {
  result[SIZE] = 0
  result[OUT] = 0
  result[PROFIT] = 0
  result[CAPPED] = 0
  if (!(x > 0 && y > 0 && maximumIn > 0 && maximumOut > 0)) return
  const atOnce = valueOut * spotPrice(x, y, D, amplification) * (1 - feeRate(x, y, fee, offpegMultiplier)) - costIn
  if (!(atOnce > NOTHING * costIn)) return
  // No token earns more than the first one: what pays for the fixed cost is larger than this, and in most hours too large.
  const least = fixedCost / atOnce
  if (least >= maximumIn) return
  if (fixedCost > 0 && marginalOut(x, y, least, D, amplification, fee, offpegMultiplier) * valueOut <= costIn) return

  let size = zeroGainSize(
    x,
    y,
    D,
    amplification,
    fee,
    offpegMultiplier,
    costIn / valueOut,
    atOnce / valueOut,
    maximumIn,
  )
  let out = exchangeOutAt(x, y, size, D, amplification, fee, offpegMultiplier)
  let capped = size >= maximumIn
  if (out > maximumOut) {
    size = sizeForOut(x, y, D, amplification, fee, offpegMultiplier, maximumOut, (size * maximumOut) / out)
    out = exchangeOutAt(x, y, size, D, amplification, fee, offpegMultiplier)
    capped = true
  }
  const profit = valueOut * out - costIn * size - fixedCost
  if (!(profit > 0)) return
  result[SIZE] = size
  result[OUT] = out
  result[PROFIT] = profit
  result[CAPPED] = capped ? 1 : 0
}

/**
 * Where marginalOut falls to `floor`, or the limit: a bracket, then secants kept inside it (Illinois rule: Dowell and Jarratt,
 * "A modified regula falsi method", 1971). `gain` is marginalOut − floor at zero, above zero.
 */
function zeroGainSize(
  x: number,
  y: number,
  D: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  floor: number,
  gain: number,
  limit: number,
): number {
  let low = 0
  let gainLow = gain
  let high = Math.min(limit, 0.5 * Math.abs(y - x) + 1e-3 * (x + y))
  let gainHigh = marginalOut(x, y, high, D, amplification, fee, offpegMultiplier) - floor
  for (let turn = 0; turn < TURNS && gainHigh > 0; turn++) {
    if (high >= limit) return limit
    low = high
    gainLow = gainHigh
    high = Math.min(limit, 2 * high)
    gainHigh = marginalOut(x, y, high, D, amplification, fee, offpegMultiplier) - floor
  }
  let side = 0
  let size = low
  for (let turn = 0; turn < TURNS; turn++) {
    size = (low * gainHigh - high * gainLow) / (gainHigh - gainLow)
    const here = marginalOut(x, y, size, D, amplification, fee, offpegMultiplier) - floor
    if (Math.abs(here) <= NOTHING * floor || high - low <= NOTHING * high) break
    if (here > 0) {
      low = size
      gainLow = here
      if (side === 1) gainHigh *= 0.5
      side = 1
    } else {
      high = size
      gainHigh = here
      if (side === -1) gainLow *= 0.5
      side = -1
    }
  }
  return size
}

/** The size that brings `target` of y out, by Newton from `guess` (out is concave in the size, so it closes in from below). */
function sizeForOut(
  x: number,
  y: number,
  D: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  target: number,
  guess: number,
): number {
  let size = guess
  for (let turn = 0; turn < TURNS; turn++) {
    const short = target - exchangeOutAt(x, y, size, D, amplification, fee, offpegMultiplier)
    size += short / marginalOut(x, y, size, D, amplification, fee, offpegMultiplier)
    if (Math.abs(short) <= 1e-15 * target) break
  }
  return size
}

/**
 * Below par: pay USDC into the pool for AID and redeem it. `redemptionValue`: received for an AID, net of the redemption fee;
 * `usdcCost`: of a USDC given, with the cost of the capital until it returns; both in one currency, so that a USDC off its
 * own par is priced as the caller means it (a redemption paid in USDC: both times the USDC price).
 * `budget`: USDC to spend; `capacity`: AID that may be redeemed. Result as bestTrade: SIZE in USDC, OUT in AID.
 */
export function redemptionArbitrage(
  aid: number,
  usdc: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  redemptionValue: number,
  usdcCost: number,
  fixedCost: number,
  budget: number,
  capacity: number,
  result: Float64Array,
): void {
  bestTrade(
    usdc,
    aid,
    amplification,
    fee,
    offpegMultiplier,
    redemptionValue,
    usdcCost,
    fixedCost,
    budget,
    capacity,
    result,
  )
}

/**
 * Above par: mint AID and sell it into the pool for USDC. `usdcValue`: of a USDC received; `mintCost`: of an AID minted, with the
 * mint fee and the cost of capital; one currency. `capacity`: AID that may be minted.
 * Result as bestTrade: SIZE in AID, OUT in USDC.
 */
export function mintArbitrage(
  aid: number,
  usdc: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  usdcValue: number,
  mintCost: number,
  fixedCost: number,
  capacity: number,
  result: Float64Array,
): void {
  bestTrade(aid, usdc, amplification, fee, offpegMultiplier, usdcValue, mintCost, fixedCost, capacity, Infinity, result)
}

export interface PegEpisode {
  /** USDC that the sale brought. */
  readonly sold: number
  /** AID in USDC after the sale, without fee. */
  readonly spot: number
  readonly days: readonly { usdcIn: number; profit: number; spot: number; capped: boolean }[]
  /** Profit of all days, USDC. */
  readonly total: number
}

/**
 * One sale of AID into the pool, then an arbitrageur who each day buys what earns most and redeems it at par less the fee.
 * Balances, sale and capacity (AID a day) in tokens; fee and redemptionFee fractions; offpegMultiplier a ratio;
 * adminFeeShare the part of each pool fee that leaves the pool.
 */
export function pegEpisode(episode: {
  readonly aid: number
  readonly usdc: number
  readonly amplification: number
  readonly fee: number
  readonly offpegMultiplier: number
  readonly adminFeeShare: number
  readonly sale: number
  readonly capacity: number
  readonly redemptionFee: number
  readonly days: number
}): PegEpisode {
  const { amplification, fee, offpegMultiplier, adminFeeShare } = episode
  const trade = new Float64Array(3)
  const best = new Float64Array(4)
  let { aid, usdc } = episode
  const spot = () => spotPrice(aid, usdc, invariantD(aid, usdc, amplification), amplification)

  exchange(aid, usdc, episode.sale, amplification, fee, offpegMultiplier, trade)
  const sold = trade[OUT_OF_POOL]!
  aid += episode.sale
  usdc -= sold + adminFeeShare * trade[FEE_IN_Y]!
  const afterSale = spot()

  const days: { usdcIn: number; profit: number; spot: number; capped: boolean }[] = []
  let total = 0
  for (let day = 0; day < episode.days; day++) {
    redemptionArbitrage(
      aid,
      usdc,
      amplification,
      fee,
      offpegMultiplier,
      1 - episode.redemptionFee,
      1,
      0,
      Infinity,
      episode.capacity,
      best,
    )
    const usdcIn = best[SIZE]!
    if (usdcIn > 0) {
      exchange(usdc, aid, usdcIn, amplification, fee, offpegMultiplier, trade)
      usdc += usdcIn
      aid -= trade[OUT_OF_POOL]! + adminFeeShare * trade[FEE_IN_Y]!
    }
    total += best[PROFIT]!
    days.push({ usdcIn, profit: best[PROFIT]!, spot: spot(), capped: best[CAPPED] === 1 })
  }
  return { sold, spot: afterSale, days, total }
}
