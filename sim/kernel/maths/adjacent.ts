/** The float64 numbers on either side of one. */

const number = new Float64Array(1)
const bits = new BigInt64Array(number.buffer)

/** The least float64 above a finite number: nextUp of IEEE 754-2019, section 5.3.1. */
export function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  number[0] = value
  bits[0] += value > 0 ? 1n : -1n
  return number[0]
}

/** The greatest float64 below a finite number: nextDown of IEEE 754-2019, section 5.3.1. */
export function nextBelow(value: number): number {
  return -nextAbove(-value)
}
