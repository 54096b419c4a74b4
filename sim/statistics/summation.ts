/** Sums in path order that lose no digits: the same bytes however the paths were batched before they were merged. */

/** Sum of term(0) … term(count - 1) with Neumaier's compensation (Neumaier 1974, ZAMM 54). */
export function compensatedSum(count: number, term: (index: number) => number): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < count; i++) {
    const value = term(i)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** Mean of a column, kept between its least and greatest value, so that equal values give back exactly that value. */
export function compensatedMean(values: ArrayLike<number>): number {
  let least = Infinity
  let greatest = -Infinity
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i] as number)
    greatest = Math.max(greatest, values[i] as number)
  }
  const mean = compensatedSum(values.length, (i) => values[i] as number) / values.length
  return Math.min(greatest, Math.max(least, mean))
}
