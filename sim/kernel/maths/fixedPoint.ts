/**
 * Exact constants for the elementary functions, worked out once at load in 140-bit fixed point.
 *
 * Whole numbers are the same on every engine, so a table made here is the same to the last bit everywhere, and each
 * entry is the correctly rounded double of the true value; what the rounding leaves is kept as a second word.
 */

const fractionBits = 140n
const one = 1n << fractionBits
const oneAsNumber = Number(one)

/** A real number as a whole number of 2⁻¹⁴⁰. */
export type Fixed = bigint

/** ln(numerator / denominator) by the series 2 artanh((n − d)/(n + d)); meant for ratios near one. */
export function fixedLog(numerator: bigint, denominator: bigint): Fixed {
  const s = ((numerator - denominator) << fractionBits) / (numerator + denominator)
  const square = (s * s) / one
  let sum = 0n
  let term = s
  for (let k = 1n; term !== 0n; k += 2n) {
    sum += term / k
    term = (term * square) / one
  }
  return 2n * sum
}

/** e^x by its power series; meant for |x| ≤ 1. */
export function fixedExp(x: Fixed): Fixed {
  let sum = 0n
  let term = one
  for (let k = 1n; term !== 0n; k += 1n) {
    sum += term
    term = (term * x) / one / k
  }
  return sum
}

/** arctan(1/n) by its power series. */
function fixedArctanInverse(n: bigint): Fixed {
  let sum = 0n
  let term = one / n
  for (let k = 1n; term !== 0n; k += 2n) {
    sum += k % 4n === 1n ? term / k : -term / k
    term /= n * n
  }
  return sum
}

/** ln 2. */
export const fixedLn2: Fixed = fixedLog(2n, 1n)

/** π by Machin's formula, 16 arctan(1/5) − 4 arctan(1/239). */
export const fixedPi: Fixed = 16n * fixedArctanInverse(5n) - 4n * fixedArctanInverse(239n)

/** The double nearest to x. */
export function nearest(x: Fixed): number {
  return Number(x) / oneAsNumber
}

/** A double that is a multiple of 2⁻¹⁴⁰, exactly. */
export function exactly(x: number): Fixed {
  return BigInt(x * oneAsNumber)
}

/** The double nearest to what is left of x after `taken`, a double that holds most of it. */
export function remainder(x: Fixed, taken: number): number {
  return nearest(x - exactly(taken))
}

/** x rounded to a multiple of 2^−bits: a double with zeros at its end, so that a product with a small integer is exact. */
export function toMultiple(x: Fixed, bits: number): number {
  const shift = fractionBits - BigInt(bits)
  return nearest(((x + (1n << (shift - 1n))) >> shift) << shift)
}

/** 2^k at index k + 1074, for k from −1074 (the smallest subnormal) to 1023. */
export function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2098)
  powers[0] = Number.MIN_VALUE
  for (let i = 1; i < powers.length; i += 1) powers[i] = powers[i - 1] * 2
  return powers
}
