/**
 * Interest-rate curves of lending markets, in floating point, as the simulation runs them.
 *
 * Source: AdaptiveCurveIRM of Morpho Blue (Morpho Labs, 2024, and the deployed contract), whose exponential is a second-order Taylor
 * polynomial after range reduction (up to 0.5 % off); exact.ts is the integer twin. Rates are fractions a year of 365 days.
 */

export interface AdaptiveCurve {
  /** Utilisation at which the rate rests (fraction). */
  readonly targetUtilisation: number
  /** Rate at full utilisation over the rate at target, and the rate at target over the rate at none. */
  readonly steepness: number
  /** Speed of adaptation at full error (1/year). */
  readonly adjustmentSpeed: number
  /** Bounds and opening value of the rate at target (1/year). */
  readonly minimumRateAtTarget: number
  readonly maximumRateAtTarget: number
  readonly initialRateAtTarget: number
}

/** The constants of the deployed contract. */
export const MORPHO_CURVE: AdaptiveCurve = {
  targetUtilisation: 0.9,
  steepness: 4,
  adjustmentSpeed: 50,
  minimumRateAtTarget: 0.001,
  maximumRateAtTarget: 2,
  initialRateAtTarget: 0.04,
}

/** Places in the `result` of borrowRate. */
export const AVERAGE_RATE = 0
export const END_RATE_AT_TARGET = 1

const LN_2 = Math.LN2

/** Distance of a utilisation (0 … 1) from target, −1 at none and 1 at full. */
export function utilisationError(utilisation: number, curve: AdaptiveCurve): number {
  const distance = utilisation - curve.targetUtilisation
  return distance / (distance > 0 ? 1 - curve.targetUtilisation : curve.targetUtilisation)
}

/** Borrow rate (1/year) at a rate at target and an error: linear on either side of target. */
export function curveRate(rateAtTarget: number, error: number, curve: AdaptiveCurve): number {
  const coefficient = error < 0 ? 1 - 1 / curve.steepness : curve.steepness - 1
  return (coefficient * error + 1) * rateAtTarget
}

/** The contract's exp(x). */
export function contractExponential(x: number): number {
  let power = Math.trunc(x / LN_2 + (x < 0 ? -0.5 : 0.5))
  const rest = x - power * LN_2
  let value = 1 + rest + 0.5 * rest * rest
  for (; power > 0 && value < 1e300; power--) value *= 2
  for (; power < 0 && value > 0; power++) value *= 0.5
  return value
}

function adaptedRate(rateAtTarget: number, adaptation: number, curve: AdaptiveCurve): number {
  const rate = rateAtTarget * contractExponential(adaptation)
  return Math.min(Math.max(rate, curve.minimumRateAtTarget), curve.maximumRateAtTarget)
}

/**
 * The borrow rate while a utilisation lasts `years`: result[AVERAGE_RATE] is its mean (trapezoid over start, middle and end),
 * result[END_RATE_AT_TARGET] the rate at target afterwards. The loop carries the latter into the next step.
 */
export function borrowRate(
  utilisation: number,
  rateAtTarget: number,
  years: number,
  curve: AdaptiveCurve,
  result: Float64Array,
): void {
  const error = utilisationError(utilisation, curve)
  const adaptation = curve.adjustmentSpeed * error * years
  let average = rateAtTarget
  let end = rateAtTarget
  if (adaptation !== 0) {
    end = adaptedRate(rateAtTarget, adaptation, curve)
    average = (rateAtTarget + end + 2 * adaptedRate(rateAtTarget, 0.5 * adaptation, curve)) / 4
  }
  result[AVERAGE_RATE] = curveRate(average, error, curve)
  result[END_RATE_AT_TARGET] = end
}

/** Growth of debt, less one, over `years` at a yearly rate: three Taylor terms of e^(rate·years) − 1, as the contract accrues. */
export function accruedInterest(rate: number, years: number): number {
  const first = rate * years
  return first * (1 + first * (0.5 + first / 6))
}

/**
 * Two-slope borrow rate (1/year), the form of Aave's interest-rate strategy: `slopeBelow` at the optimal utilisation, `slopeBelow + slopeAbove`
 * at full.
 */
export function kinkedRate(utilisation: number, optimal: number, slopeBelow: number, slopeAbove: number): number {
  return utilisation <= optimal
    ? (slopeBelow * utilisation) / optimal
    : slopeBelow + (slopeAbove * (utilisation - optimal)) / (1 - optimal)
}
