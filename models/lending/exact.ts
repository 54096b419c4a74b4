/**
 * Morpho Blue's arithmetic in exact integers: the twin of adaptiveRate.ts and liquidation.ts, to the last digit.
 *
 * Source: Morpho Blue and its adaptive-curve interest-rate model (Morpho Labs, "Morpho Blue" and "AdaptiveCurveIRM", 2023–2024, and
 * the deployed contracts). Ratios and rates are integers of 1e-18 (WAD), rates a second; division is towards zero.
 */
import { InputError } from '../../sim/kernel/errors.ts'

export const WAD = 10n ** 18n
/** A year of interest and adaptation: 365 days, in seconds. */
export const YEAR_SECONDS = 31_536_000n

const TARGET_UTILISATION = (9n * WAD) / 10n
const CURVE_STEEPNESS = 4n * WAD
const ADJUSTMENT_SPEED = (50n * WAD) / YEAR_SECONDS
const INITIAL_RATE_AT_TARGET = WAD / 25n / YEAR_SECONDS
const MINIMUM_RATE_AT_TARGET = WAD / 1000n / YEAR_SECONDS
const MAXIMUM_RATE_AT_TARGET = (2n * WAD) / YEAR_SECONDS

const LN_2 = 693147180559945309n
const LN_SMALLEST = -41446531673892822312n
const EXPONENT_LIMIT = 93859467695000404319n
const EXPONENTIAL_LIMIT = 57716089161558943949701069502944508345128422502756744429568n

const times = (a: bigint, b: bigint): bigint => (a * b) / WAD
const over = (a: bigint, b: bigint): bigint => (a * WAD) / b

/** exp(x) as the contract takes it: halved or doubled from a second-order Taylor polynomial around the nearest power of two. */
export function wExp(x: bigint): bigint {
  if (x < LN_SMALLEST) return 0n
  if (x >= EXPONENT_LIMIT) return EXPONENTIAL_LIMIT
  const half = x < 0n ? -(LN_2 / 2n) : LN_2 / 2n
  const power = (x + half) / LN_2
  const rest = x - power * LN_2
  const mantissa = WAD + rest + (rest * rest) / WAD / 2n
  return power >= 0n ? mantissa << power : mantissa >> -power
}

/** e^(rate · seconds) − 1 by three terms of Taylor, as interest accrues between two touches of a market. */
export function taylorCompounded(rate: bigint, seconds: bigint): bigint {
  const first = rate * seconds
  const second = (first * first) / (2n * WAD)
  const third = (second * first) / (3n * WAD)
  return first + second + third
}

export interface ExactBorrowRate {
  /** Mean over the time elapsed, WAD a second. */
  readonly averageBorrowRate: bigint
  /** Rate at target utilisation when it ends, WAD a second. */
  readonly endRateAtTarget: bigint
}

/**
 * The adaptive curve's borrow rate after `elapsed` seconds at one utilisation. `startRateAtTarget` zero means a market that has no rate
 * yet: it opens at 4 % a year.
 * @throws InputError when utilisation is outside 0 … 1e18 or the rate or the time is negative.
 */
export function borrowRate(utilisation: bigint, startRateAtTarget: bigint, elapsed: bigint): ExactBorrowRate {
  if (utilisation < 0n || utilisation > WAD) throw new InputError(`utilization ${utilisation}: within 0 … ${WAD}`)
  if (startRateAtTarget < 0n) throw new InputError(`startRateAtTarget ${startRateAtTarget}: zero or above`)
  if (elapsed < 0n) throw new InputError(`elapsed ${elapsed}: zero or above`)
  const span = utilisation > TARGET_UTILISATION ? WAD - TARGET_UTILISATION : TARGET_UTILISATION
  const error = over(utilisation - TARGET_UTILISATION, span)
  if (startRateAtTarget === 0n) {
    return { averageBorrowRate: curve(INITIAL_RATE_AT_TARGET, error), endRateAtTarget: INITIAL_RATE_AT_TARGET }
  }
  const adaptation = times(ADJUSTMENT_SPEED, error) * elapsed
  if (adaptation === 0n) {
    return { averageBorrowRate: curve(startRateAtTarget, error), endRateAtTarget: startRateAtTarget }
  }
  const endRateAtTarget = adapted(startRateAtTarget, adaptation)
  const middle = adapted(startRateAtTarget, adaptation / 2n)
  const average = (startRateAtTarget + endRateAtTarget + 2n * middle) / 4n
  return { averageBorrowRate: curve(average, error), endRateAtTarget }
}

function curve(rateAtTarget: bigint, error: bigint): bigint {
  const coefficient = error < 0n ? WAD - over(WAD, CURVE_STEEPNESS) : CURVE_STEEPNESS - WAD
  return times(times(coefficient, error) + WAD, rateAtTarget)
}

function adapted(start: bigint, adaptation: bigint): bigint {
  const rate = times(start, wExp(adaptation))
  if (rate < MINIMUM_RATE_AT_TARGET) return MINIMUM_RATE_AT_TARGET
  return rate > MAXIMUM_RATE_AT_TARGET ? MAXIMUM_RATE_AT_TARGET : rate
}

const LIQUIDATION_CURSOR = (3n * WAD) / 10n
const MAXIMUM_INCENTIVE = (115n * WAD) / 100n

/**
 * What a liquidator receives per unit repaid: min(1.15, 1 / (1 − 0.3 (1 − LLTV))), WAD.
 * @throws InputError when the liquidation loan-to-value is outside 0 … 1e18.
 */
export function liquidationIncentiveFactor(liquidationLoanToValue: bigint): bigint {
  if (liquidationLoanToValue < 0n || liquidationLoanToValue > WAD) {
    throw new InputError(`lltv ${liquidationLoanToValue}: within 0 … ${WAD}`)
  }
  const factor = over(WAD, WAD - times(LIQUIDATION_CURSOR, WAD - liquidationLoanToValue))
  return factor < MAXIMUM_INCENTIVE ? factor : MAXIMUM_INCENTIVE
}
