/** What every statistic asks of its input; a broken column stops here with the index of the value that broke it. */

/** @throws RangeError when the column is empty or holds a NaN. Infinities are ordered, so they pass. */
export function requireOrdered(values: ArrayLike<number>, noun: string): void {
  if (values.length === 0) throw new RangeError(`no ${noun}: at least one value is needed`)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value))
      throw new RangeError(`invalid ${noun}: NaN at index ${i}; a path without a number must be refused`)
  }
}

/** @throws RangeError when the column is empty or holds a value that is not finite. */
export function requireFinite(values: ArrayLike<number>, noun: string): void {
  requireOrdered(values, noun)
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`invalid ${noun}: ${values[i]} at index ${i}; finite wanted`)
  }
}

/** @throws RangeError when the column is empty, holds a NaN or does not ascend. */
export function requireSorted(sorted: ArrayLike<number>, noun: string): void {
  requireOrdered(sorted, noun)
  for (let i = 1; i < sorted.length; i++) {
    if ((sorted[i] as number) < (sorted[i - 1] as number)) {
      throw new RangeError(
        `unsorted ${noun}: ${sorted[i]} at index ${i} follows ${sorted[i - 1]}; sort ascending first`,
      )
    }
  }
}

/** @throws RangeError unless 0 < value < 1. */
export function requireOpenProbability(value: number, noun: string): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`invalid ${noun}: ${value}; between 0 and 1 (excluded) wanted`)
}

/** @throws RangeError unless value is an integer from `least` to `most`. */
export function requireCount(value: number, noun: string, least: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`invalid ${noun}: ${value}; an integer from ${least} to ${most} wanted`)
  }
}

/** @throws RangeError unless the two columns have the same length. */
export function requireSameLength(first: ArrayLike<number>, second: ArrayLike<number>, nouns: string): void {
  if (first.length !== second.length) {
    throw new RangeError(`unequal ${nouns}: ${first.length} and ${second.length}; one of each a path wanted`)
  }
}
