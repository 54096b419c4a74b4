/**
 * The two-coin StableSwap pool in floating point, as the simulation runs it every tick: scalar functions that allocate nothing.
 *
 * Source: M. Egorov, "StableSwap: efficient mechanism for stablecoin liquidity" (2019); dynamic fee and liquidity fees of the
 * StableSwap-NG pools. exact.ts is the integer twin. With leverage L = 2·amplification the invariant is
 * L (x + y) + D = L D + D³ / (4xy), and for a given D it is a quadratic in either balance, so no iteration is needed there.
 *
 * Units: balances, trades and LP tokens in tokens, both coins scaled alike (rate-scaled where a coin has an oracle);
 * `amplification` is the contract's A (the paper's times two); fees are fractions (1e-4 = 1 bp), `offpegMultiplier` a ratio
 * (1 = static fee). Amounts out are differences, taken so that a dust trade keeps its relative accuracy.
 */

/** The part of every fee that StableSwap-NG pools set aside for the protocol: a constant of the contract. */
export const ADMIN_FEE_SHARE = 0.5

/** Places in the `result` of the operations that give several numbers. */
export const AMOUNT = 0
export const FEE_IN_X = 1
export const FEE_IN_Y = 2

const TURNS = 64
/** Halley's step is cubic: once a step is this small, what is left is below the last digit. */
const SETTLED = 1e-6

/** The invariant D of balances x and y (tokens). Zero where a coin is missing. */
export function invariantD(x: number, y: number, amplification: number): number {
  if (!(x > 0 && y > 0)) return 0
  const total = x + y
  const inverse = 1 / total
  const tilt = (x - y) * inverse
  const t = tilt * tilt
  const w = 4 * (x * inverse) * (y * inverse)
  // With D = (x + y)(1 − e) the invariant reads t − m e + 3e² − e³ = 0: solving for the small e spares D the rounding.
  const m = 3 + (2 * amplification - 1) * w
  let e = (t * m) / (m * m - 3 * t)
  for (let turn = 0; turn < TURNS; turn++) {
    const value = t - e * (m - e * (3 - e))
    const slope = -m + e * (6 - 3 * e)
    const step = (2 * value * slope) / (2 * slope * slope - value * (6 - 6 * e))
    e -= step
    if (step < SETTLED && step > -SETTLED) break
  }
  return total - total * e
}

/** The balance y (tokens) that keeps the invariant at D beside x. */
export function solveY(x: number, D: number, amplification: number): number {
  const leverage = 2 * amplification
  const b = x + D / leverage - D
  const c = ((D / x) * D * D) / (4 * leverage)
  const root = Math.sqrt(b * b + 4 * c)
  return b > 0 ? (2 * c) / (b + root) : 0.5 * (root - b)
}

/** Marginal price, without fee, of coin x in units of coin y. */
export function spotPrice(x: number, y: number, D: number, amplification: number): number {
  const leverage = 2 * amplification
  const curvature = ((D / x) * (D / y) * D) / 4
  return (y * (leverage * x + curvature)) / (x * (leverage * y + curvature))
}

/** Fee rate (fraction) at the balances a and b: `fee` at balance, towards `offpegMultiplier` times it when one coin is gone. */
export function feeRate(a: number, b: number, fee: number, offpegMultiplier: number): number {
  if (offpegMultiplier <= 1) return fee
  const total = a + b
  return (offpegMultiplier * fee) / (((offpegMultiplier - 1) * 4 * a * b) / (total * total) + 1)
}

/** What `dx` of coin x buys of coin y before the fee, at invariant D. */
export function grossOut(x: number, y: number, dx: number, D: number, amplification: number): number {
  const leverage = 2 * amplification
  const after = x + dx
  const k = (D * D * D) / (4 * leverage)
  const inverse = 1 / (x * y * after)
  const qOverAfter = k * inverse
  const c = dx * y * (1 + qOverAfter)
  const shift = after - D + D / leverage
  const root = Math.sqrt(shift * shift + 4 * k * x * y * inverse)
  return (2 * c) / (dx + y + qOverAfter * after + root)
}

/** What `dx` of coin x buys of coin y after the fee, at invariant D (see exchangeOut for a pool whose D is not at hand). */
export function exchangeOutAt(
  x: number,
  y: number,
  dx: number,
  D: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
): number {
  const gross = grossOut(x, y, dx, D, amplification)
  return gross - gross * feeRate(x + 0.5 * dx, y - 0.5 * gross, fee, offpegMultiplier)
}

/** What `dx` of coin x buys of coin y after the fee (tokens). Zero from a pool that lacks a coin. */
export function exchangeOut(
  x: number,
  y: number,
  dx: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
): number {
  if (!(x > 0 && y > 0)) return 0
  return exchangeOutAt(x, y, dx, invariantD(x, y, amplification), amplification, fee, offpegMultiplier)
}

/**
 * The same trade with its fee: result[AMOUNT] is paid out, result[FEE_IN_Y] the fee (tokens of y), result[FEE_IN_X] zero.
 * The pool then holds x + dx and y − AMOUNT − adminShare · FEE_IN_Y.
 */
export function exchange(
  x: number,
  y: number,
  dx: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  result: Float64Array,
): void {
  result[FEE_IN_X] = 0
  if (!(x > 0 && y > 0)) {
    result[AMOUNT] = 0
    result[FEE_IN_Y] = 0
    return
  }
  const gross = grossOut(x, y, dx, invariantD(x, y, amplification), amplification)
  const charged = gross * feeRate(x + 0.5 * dx, y - 0.5 * gross, fee, offpegMultiplier)
  result[AMOUNT] = gross - charged
  result[FEE_IN_Y] = charged
}

/** How much the invariant rises (falls) when dx and dy join (leave) balances x and y whose invariant is D. */
export function invariantChange(
  x: number,
  y: number,
  dx: number,
  dy: number,
  D: number,
  amplification: number,
): number {
  const leverage = 2 * amplification
  const productAfter = (x + dx) * (y + dy)
  const growth = x * dy + y * dx + dx * dy
  const cube = 1 / (4 * productAfter)
  const constant = -((D / x) * (D / y) * D * growth) * cube - leverage * (dx + dy)
  const linear = 3 * D * D * cube + leverage - 1
  let d = -constant / linear
  for (let turn = 0; turn < TURNS; turn++) {
    const value = constant + d * (linear + d * cube * (3 * D + d))
    const slope = linear + d * cube * (6 * D + 3 * d)
    const step = value / slope
    d -= step
    if (Math.abs(step) <= 1e-9 * Math.abs(d)) break
  }
  return d
}

/** How much coin y leaves when x changes by dx and the invariant by dD, from balances x and y at invariant D. */
function balanceReleased(x: number, y: number, dx: number, D: number, dD: number, amplification: number): number {
  const leverage = 2 * amplification
  const after = x + dx
  const level = D + dD
  const b = after + level / leverage - level
  const root = Math.sqrt(b * b + ((level / after) * level * level) / leverage)
  const bChange = dx + dD / leverage - dD
  const cubeChange = dD * (level * level + level * D + D * D)
  const cChange = (cubeChange * x - D * D * D * dx) / (4 * leverage * x * after)
  const c = bChange * y - cChange
  return (2 * c) / (2 * y + b + root)
}

/**
 * Adds dx and dy (tokens) against LP tokens; `supply` is what is outstanding before, zero for the first deposit.
 * result[AMOUNT]: LP tokens minted; result[FEE_IN_X], result[FEE_IN_Y]: fees on the imbalance. The pool then holds
 * x + dx − adminShare · FEE_IN_X and y + dy − adminShare · FEE_IN_Y.
 */
export function addLiquidity(
  x: number,
  y: number,
  dx: number,
  dy: number,
  supply: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  result: Float64Array,
): void {
  if (supply <= 0) {
    result[AMOUNT] = invariantD(x + dx, y + dy, amplification)
    result[FEE_IN_X] = 0
    result[FEE_IN_Y] = 0
    return
  }
  const D = invariantD(x, y, amplification)
  const rise = invariantChange(x, y, dx, dy, D, amplification)
  const growth = rise / D
  const level = D + 0.5 * rise
  const feeX = Math.abs(growth * x - dx) * feeRate(2 * x + dx, level, 0.5 * fee, offpegMultiplier)
  const feeY = Math.abs(growth * y - dy) * feeRate(2 * y + dy, level, 0.5 * fee, offpegMultiplier)
  result[AMOUNT] = (supply * invariantChange(x, y, dx - feeX, dy - feeY, D, amplification)) / D
  result[FEE_IN_X] = feeX
  result[FEE_IN_Y] = feeY
}

/**
 * Burns `lp` of `supply` LP tokens for coin y alone. result[AMOUNT]: paid out; result[FEE_IN_Y]: what the imbalance cost
 * (tokens of y); result[FEE_IN_X]: zero. The pool then holds x and y − AMOUNT − adminShare · FEE_IN_Y.
 */
export function withdrawOne(
  x: number,
  y: number,
  lp: number,
  supply: number,
  amplification: number,
  fee: number,
  offpegMultiplier: number,
  result: Float64Array,
): void {
  const share = lp / supply
  const D = invariantD(x, y, amplification)
  const fall = -D * share
  const free = balanceReleased(x, y, 0, D, fall, amplification)
  const level = 0.25 * (D + D + fall)
  const reductionX = x * share * feeRate(x, level, 0.5 * fee, offpegMultiplier)
  const reductionY = (free - y * share) * feeRate(y - 0.5 * free, level, 0.5 * fee, offpegMultiplier)
  const out = balanceReleased(x, y, -reductionX, D, fall, amplification) - reductionY
  result[AMOUNT] = out
  result[FEE_IN_X] = 0
  result[FEE_IN_Y] = free - out
}

/**
 * Burns `lp` of `supply` LP tokens for both coins in the pool's proportions, free of fee.
 * result[0] and result[1]: paid out of x and of y.
 */
export function withdrawBalanced(x: number, y: number, lp: number, supply: number, result: Float64Array): void {
  const share = lp / supply
  result[0] = x * share
  result[1] = y * share
}
