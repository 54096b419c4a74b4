/** Many questions of the same paths: which answers remain when chance has had as many tries. */

/**
 * Holm's adjusted p-values, in the order given: an answer remains at level a when its adjusted value is at most a, and the
 * chance that any false answer remains is then at most a, however the questions depend on each other. A question without a
 * p-value (null) counts as asked, and gives null.
 * Source: Holm (1979), Scandinavian Journal of Statistics 6.
 * @throws RangeError for a p-value that is not from 0 to 1
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const asked = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]))
  for (const { p } of asked) if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid p-value: ${p}; from 0 to 1 wanted`)
  asked.sort((a, b) => a.p - b.p || a.index - b.index)
  const adjusted: (number | null)[] = pValues.map(() => null)
  let largest = 0
  asked.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p))
    adjusted[index] = largest
  })
  return adjusted
}

/** Confidences that are no longer told apart: p-values are found to this relative error. */
const precision = 1e-6

/** The smallest p-value that is looked for. */
const smallest = 1e-12

/**
 * The p-value of "the value is 0" that belongs to an interval: one minus the largest confidence at which it leaves out 0.
 * @param interval grows with its confidence; null = unbounded
 */
export function pValueOf(
  interval: (confidence: number) => { readonly lower: number | null; readonly upper: number | null },
): number {
  const excludes = (p: number): boolean => {
    const { lower, upper } = interval(1 - p)
    return (lower !== null && lower > 0) || (upper !== null && upper < 0)
  }
  if (excludes(smallest)) return smallest
  let [low, high] = [smallest, 1]
  while (high / low > 1 + precision) {
    const middle = Math.sqrt(low * high)
    if (middle >= 1) break
    if (excludes(middle)) high = middle
    else low = middle
  }
  return high
}
