/** Exact fractions of integers: how the ledger twin rounds, and how a decimal rate enters it without a binary error. */
import { InputError } from '../../sim/kernel/errors.ts'

export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * The fraction that a decimal number is written as: 0.14 is exactly 14/100, not the nearest double.
 * @param value finite number. @throws InputError when it is not finite.
 */
export function decimalFraction(value: number): Fraction {
  if (!Number.isFinite(value))
    throw new InputError(`rate ${value} is not finite; a decimal number such as 0.14 is right`)
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const digits = BigInt(whole + decimals)
  const shift = Number(exponent) - decimals.length
  return shift >= 0
    ? { numerator: digits * 10n ** BigInt(shift), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-shift) }
}

/** ceil(numerator / denominator) of non-negative integers, denominator > 0. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator
}

/**
 * numerator / denominator of non-negative integers rounded to the nearest integer, ties to the even one (IEEE 754
 * roundTiesToEven).
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const twice = 2n * (numerator % denominator)
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

/** The smaller of two integers. */
export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
