/**
 * The StableSwap pool in exact integers: the twin of curve.ts that follows the deployed pools to the last digit.
 *
 * Source: M. Egorov, "StableSwap: efficient mechanism for stablecoin liquidity" (2019), with the integer rounding, the
 * dynamic fee and the liquidity fees of the StableSwap-NG pools. Written from the published equations.
 *
 * Conventions: the amplification is the contract's A, which already carries n^(n−1) (the paper's A times n^(n−1)), so that
 * A·n multiplies the sum of the balances. Fees and shares are integers in 1e-10; `rates` scale each coin to 36 digits.
 */
import { InputError } from '../../sim/kernel/errors.ts'

/** Fees, fee shares and the off-peg multiplier are integers of this denominator. */
export const FEE_DENOMINATOR = 10_000_000_000n
const RATE_DENOMINATOR = 10n ** 18n
/** The contract keeps a hundred times A, so that A can ramp smoothly. */
const AMPLIFICATION_DENOMINATOR = 100n
const TURNS = 255

/**
 * Pools before the next generation divide the invariant's product by n at every coin, later ones by n^n at the end: the same
 * number but for the last digits.
 */
export type Generation = 'next' | 'classic'

export interface ExactPool {
  /** Rounding of the invariant; 'next' unless said. */
  readonly generation?: Generation
  /** Contract A (dimensionless). */
  readonly amplification: bigint
  /** Base fee, 1e-10. */
  readonly fee: bigint
  /** Off-peg fee multiplier, 1e-10: the fee at full imbalance is this times the base fee. */
  readonly offpegMultiplier: bigint
  /** The protocol's share of every fee, 1e-10. */
  readonly adminFeeShare: bigint
  /** One a coin: scales a balance to 18 digits after division by 1e18 (1e18 for an 18-digit coin, 1e30 for a 6-digit one). */
  readonly rates: readonly bigint[]
  /** One a coin, in the coin's own units, without the protocol's fees. */
  readonly balances: readonly bigint[]
}

export interface ExactExchange {
  /** Paid out, in units of the coin bought. */
  readonly out: bigint
  /** 1e-10. */
  readonly feeRate: bigint
  /** The protocol's part of the fee, in units of the coin bought. */
  readonly adminFee: bigint
  readonly balances: bigint[]
}

export interface ExactDeposit {
  /** LP tokens minted. */
  readonly minted: bigint
  /** One a coin, 1e-10. */
  readonly feeRates: bigint[]
  /** One a coin, in the coin's units. */
  readonly fees: bigint[]
  /** The protocol's part of each fee. */
  readonly adminFees: bigint[]
  readonly balances: bigint[]
}

export interface ExactWithdrawal {
  /** Paid out, in units of the coin withdrawn. */
  readonly out: bigint
  /** Rate charged on the withdrawn coin's own imbalance, 1e-10. */
  readonly feeRate: bigint
  /** What the imbalance cost, in units of the coin withdrawn. */
  readonly fee: bigint
  readonly adminFee: bigint
  readonly balances: bigint[]
}

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

/** Balances scaled to 18 digits. */
export function scaledBalances(rates: readonly bigint[], balances: readonly bigint[]): bigint[] {
  if (rates.length !== balances.length || balances.length < 2) {
    throw new InputError(
      `balances ${balances.length} and rates ${rates.length}: give one of each a coin, two coins or more`,
    )
  }
  return balances.map((balance, coin) => (balance * rates[coin]!) / RATE_DENOMINATOR)
}

/**
 * The invariant D (18 digits) of scaled balances: A n Σx + D = A n D + D^(n+1) / (n^n Πx), by integer Newton until two
 * turns differ by at most 1. Zero for an empty pool.
 * @throws InputError when one balance is zero and another is not, or the iteration does not settle.
 */
export function getD(scaled: readonly bigint[], amplification: bigint, generation: Generation = 'next'): bigint {
  const n = BigInt(scaled.length)
  const total = sum(scaled)
  if (total === 0n) return 0n
  if (scaled.some((x) => x <= 0n)) throw new InputError(`balances ${scaled.join(', ')}: all above zero, or all zero`)
  const leverage = amplification * AMPLIFICATION_DENOMINATOR * n
  const perCoin = generation === 'classic' ? n : 1n
  const atEnd = generation === 'classic' ? 1n : n ** n
  let D = total
  for (let turn = 0; turn < TURNS; turn++) {
    let product = D
    for (const x of scaled) product = (product * D) / (x * perCoin)
    product /= atEnd
    const previous = D
    const numerator = ((leverage * total) / AMPLIFICATION_DENOMINATOR + product * n) * D
    const denominator = ((leverage - AMPLIFICATION_DENOMINATOR) * D) / AMPLIFICATION_DENOMINATOR + (n + 1n) * product
    D = numerator / denominator
    if (distance(D, previous) <= 1n) return D
  }
  throw new InputError(
    `balances ${scaled.join(', ')}: the invariant did not settle in ${TURNS} turns; give less extreme balances`,
  )
}

const invariantOf = (pool: ExactPool, balances: readonly bigint[]): bigint =>
  getD(scaledBalances(pool.rates, balances), pool.amplification, pool.generation)

/** The scaled balance of coin `j` that keeps the invariant at D when the other coins hold `others` (entry j is ignored). */
function solveBalance(others: readonly bigint[], j: number, amplification: bigint, D: bigint): bigint {
  const n = BigInt(others.length)
  const leverage = amplification * AMPLIFICATION_DENOMINATOR * n
  let c = D
  let rest = 0n
  others.forEach((x, coin) => {
    if (coin === j) return
    if (x <= 0n) throw new InputError(`balance of coin ${coin} is ${x}: above zero`)
    rest += x
    c = (c * D) / (x * n)
  })
  c = (c * D * AMPLIFICATION_DENOMINATOR) / (leverage * n)
  const b = rest + (D * AMPLIFICATION_DENOMINATOR) / leverage
  let y = D
  for (let turn = 0; turn < TURNS; turn++) {
    const previous = y
    y = (y * y + c) / (2n * y + b - D)
    if (distance(y, previous) <= 1n) return y
  }
  throw new InputError(`balance of coin ${j} did not settle in ${TURNS} turns; give less extreme balances`)
}

/** The scaled balance of coin j after coin i's became x (18 digits), at invariant D. */
export function getY(
  i: number,
  j: number,
  x: bigint,
  scaled: readonly bigint[],
  amplification: bigint,
  D: bigint,
): bigint {
  return solveBalance(
    scaled.map((balance, coin) => (coin === i ? x : balance)),
    j,
    amplification,
    D,
  )
}

/** The scaled balance of coin i that brings the invariant to D, all else as it is. */
export function getYD(i: number, scaled: readonly bigint[], amplification: bigint, D: bigint): bigint {
  return solveBalance(scaled, i, amplification, D)
}

/** Fee rate (1e-10) at the scaled balances a and b: the base fee at balance, rising to the multiplier times it. */
export function dynamicFee(a: bigint, b: bigint, fee: bigint, offpegMultiplier: bigint): bigint {
  if (offpegMultiplier <= FEE_DENOMINATOR) return fee
  const total = a + b
  const evenness = ((offpegMultiplier - FEE_DENOMINATOR) * 4n * a * b) / (total * total)
  return (offpegMultiplier * fee) / (evenness + FEE_DENOMINATOR)
}

/** Marginal prices, without fee, of coins 1 … n−1 in units of coin 0, 18 digits. Empty for an empty pool. */
export function getPrices(scaled: readonly bigint[], amplification: bigint, D: bigint): bigint[] {
  if (D === 0n) return []
  const n = BigInt(scaled.length)
  let curvature = D / n ** n
  for (const x of scaled) curvature = (curvature * D) / x
  const first = scaled[0]!
  const flat = (amplification * AMPLIFICATION_DENOMINATOR * n * first) / AMPLIFICATION_DENOMINATOR
  return scaled.slice(1).map((x) => (10n ** 18n * (flat + (curvature * first) / x)) / (flat + curvature))
}

/**
 * Sells `dx` (coin i's units) for coin j.
 * @throws InputError when i or j is no coin of the pool, i = j, or dx is not above zero.
 */
export function exchange(pool: ExactPool, i: number, j: number, dx: bigint): ExactExchange {
  const coins = pool.balances.length
  if (i === j || !(i in pool.balances) || !(j in pool.balances)) {
    throw new InputError(`coins ${i} and ${j}: two different ones of 0 … ${coins - 1}`)
  }
  if (dx <= 0n) throw new InputError(`dx ${dx}: above zero`)
  const scaled = scaledBalances(pool.rates, pool.balances)
  const D = getD(scaled, pool.amplification, pool.generation)
  if (D === 0n) throw new InputError('balances are all zero: an empty pool exchanges nothing')
  const x = scaled[i]! + (dx * pool.rates[i]!) / RATE_DENOMINATOR
  const y = getY(i, j, x, scaled, pool.amplification, D)
  const gross = scaled[j]! - y - 1n
  if (gross < 0n) throw new InputError(`dx ${dx}: too small to buy one unit`)
  const feeRate = dynamicFee((scaled[i]! + x) / 2n, (scaled[j]! + y) / 2n, pool.fee, pool.offpegMultiplier)
  const fee = (gross * feeRate) / FEE_DENOMINATOR
  if (fee > gross) throw new InputError(`fee rate ${feeRate}: at most ${FEE_DENOMINATOR}, the whole trade`)
  const out = ((gross - fee) * RATE_DENOMINATOR) / pool.rates[j]!
  const adminFee = (((fee * pool.adminFeeShare) / FEE_DENOMINATOR) * RATE_DENOMINATOR) / pool.rates[j]!
  const balances = pool.balances.slice()
  balances[i]! += dx
  balances[j]! -= out + adminFee
  return { out, feeRate, adminFee, balances }
}

/** The fee on imbalance that deposits and one-coin withdrawals pay, before it becomes dynamic: fee · n / (4 (n − 1)). */
function imbalanceFee(pool: ExactPool): bigint {
  const n = BigInt(pool.balances.length)
  return (pool.fee * n) / (4n * (n - 1n))
}

/**
 * Adds `amounts` (one a coin, the coin's units) against LP tokens; `supply` is what is outstanding before (0 for the first).
 * What departs from the pool's own proportions pays the fee.
 * @throws InputError when an amount is negative, the first deposit leaves a coin out, or nothing is added.
 */
export function addLiquidity(pool: ExactPool, supply: bigint, amounts: readonly bigint[]): ExactDeposit {
  const coins = pool.balances.length
  if (amounts.length !== coins) throw new InputError(`amounts ${amounts.length}: one a coin, ${coins}`)
  if (amounts.some((amount) => amount < 0n)) throw new InputError('amounts: zero or above')
  const before = invariantOf(pool, pool.balances)
  const balances = pool.balances.map((balance, coin) => balance + amounts[coin]!)
  const after = invariantOf(pool, balances)
  if (after <= before) throw new InputError('amounts: add something')
  const none = amounts.map(() => 0n)
  if (supply === 0n) return { minted: after, feeRates: none, fees: none, adminFees: none, balances }
  if (before === 0n) throw new InputError(`supply ${supply}: zero while the pool is empty`)

  const base = imbalanceFee(pool)
  const level = (before + after) / BigInt(coins)
  const kept = balances.slice()
  const feeRates: bigint[] = []
  const fees: bigint[] = []
  const adminFees: bigint[] = []
  for (let coin = 0; coin < coins; coin++) {
    const old = pool.balances[coin]!
    const departure = distance((after * old) / before, balances[coin]!)
    const held = (pool.rates[coin]! * (old + balances[coin]!)) / RATE_DENOMINATOR
    feeRates[coin] = dynamicFee(held, level, base, pool.offpegMultiplier)
    fees[coin] = (feeRates[coin]! * departure) / FEE_DENOMINATOR
    adminFees[coin] = (fees[coin]! * pool.adminFeeShare) / FEE_DENOMINATOR
    kept[coin]! -= fees[coin]!
    balances[coin]! -= adminFees[coin]!
  }
  const net = invariantOf(pool, kept)
  return { minted: (supply * (net - before)) / before, feeRates, fees, adminFees, balances }
}

/**
 * Burns `lp` LP tokens of `supply` for coin i alone.
 * @throws InputError when lp is not within 1 … supply or i is no coin of the pool.
 */
export function withdrawOne(pool: ExactPool, supply: bigint, lp: bigint, i: number): ExactWithdrawal {
  if (lp <= 0n || lp > supply) throw new InputError(`lp ${lp}: within 1 … the supply, ${supply}`)
  if (!(i in pool.balances)) throw new InputError(`coin ${i}: one of 0 … ${pool.balances.length - 1}`)
  const scaled = scaledBalances(pool.rates, pool.balances)
  const before = getD(scaled, pool.amplification, pool.generation)
  if (before === 0n) throw new InputError('balances are all zero: an empty pool pays nothing out')
  const after = before - (lp * before) / supply
  const target = getYD(i, scaled, pool.amplification, after)
  const base = imbalanceFee(pool)
  const level = (before + after) / (2n * BigInt(scaled.length))
  let feeRate = 0n
  const reduced = scaled.map((x, coin) => {
    const proportional = (x * after) / before
    const departure = coin === i ? proportional - target : x - proportional
    const rate = dynamicFee(coin === i ? (x + target) / 2n : x, level, base, pool.offpegMultiplier)
    if (coin === i) feeRate = rate
    return x - (rate * departure) / FEE_DENOMINATOR
  })
  const rate = pool.rates[i]!
  const scaledOut = reduced[i]! - getYD(i, reduced, pool.amplification, after)
  const out = ((scaledOut - 1n) * RATE_DENOMINATOR) / rate
  const fee = ((scaled[i]! - target) * RATE_DENOMINATOR) / rate - out
  const adminFee = (fee * pool.adminFeeShare) / FEE_DENOMINATOR
  const balances = pool.balances.slice()
  balances[i]! -= out + adminFee
  return { out, feeRate, fee, adminFee, balances }
}
