/** Means of paths with the help of columns whose mean is known. */
import { requireFinite, requireOpenProbability, requireSameLength } from './checks.ts'
import { studentMultiplier } from './student.ts'
import { compensatedMean, compensatedSum } from './summation.ts'

/** A column of known mean. */
export interface Control {
  readonly values: ArrayLike<number>
  readonly mean: number
}

export interface ControlledMean {
  readonly mean: number
  readonly standardError: number
  readonly lower: number
  readonly upper: number
  readonly count: number
  /** Controls that were used: those that vary and are no combination of others. */
  readonly used: number
  /** Share of the variance that the controls explain, corrected for their number; below 0 they only cost. */
  readonly explained: number
  /** The values less what the controls say: their mean is the estimate, their spread its error. */
  readonly residuals: Float64Array
}

/**
 * The mean where the regression of the values on the controls stands at their known means. Exact intervals for normal numbers: the
 * residual variance has n − d − 1 degrees of freedom, and the distance of the controls’ means from their known ones widens the error.
 * Source: S. S. Lavenberg and P. D. Welch, Management Science 27 (1981).
 * @throws RangeError when a column is not finite, lengths differ, or there are no more paths than controls and two.
 */
export function controlledMean(
  values: ArrayLike<number>,
  controls: readonly Control[],
  confidence: number,
): ControlledMean {
  requireOpenProbability(confidence, 'confidence')
  requireFinite(values, 'values')
  for (const control of controls) {
    requireFinite(control.values, 'control')
    requireSameLength(values, control.values, 'values and controls')
  }
  const count = values.length
  if (count < controls.length + 3) {
    throw new RangeError(
      `invalid number of paths: ${count}; at least ${controls.length + 3} wanted for so many controls`,
    )
  }
  const centre = compensatedMean(values)
  const { directions, offsets } = orthogonal(controls)
  const used = directions.length
  const slopes = directions.map((direction) =>
    compensatedSum(count, (i) => direction[i] * ((values[i] as number) - centre)),
  )
  const residuals = Float64Array.from(values, (value, i) =>
    slopes.reduce((left, slope, d) => left - slope * (directions[d][i] + offsets[d]), value as number),
  )
  const mean = compensatedMean(residuals)
  const squares = compensatedSum(count, (i) => (residuals[i] - mean) * (residuals[i] - mean))
  const all = compensatedSum(count, (i) => ((values[i] as number) - centre) * ((values[i] as number) - centre))
  const residualVariance = squares / (count - used - 1)
  const away = offsets.reduce((sum, offset) => sum + offset * offset, 0)
  const standardError = Math.sqrt(residualVariance * (1 / count + away))
  const half = studentMultiplier(confidence, count - used - 1) * standardError
  const explained = all === 0 ? 0 : 1 - residualVariance / (all / (count - 1))
  return { mean, standardError, lower: mean - half, upper: mean + half, count, used, explained, residuals }
}

/** Of a control's own spread, what must be left of it beside the others. */
const leastLeft = 1e-9

/**
 * Centred controls made orthonormal one after the other (Gram and Schmidt, twice for rounding), each with the distance of its
 * mean from the known one.
 */
function orthogonal(controls: readonly Control[]) {
  const directions: Float64Array[] = []
  const offsets: number[] = []
  for (const { values, mean } of controls) {
    const centre = compensatedMean(values)
    const direction = Float64Array.from(values, (value) => (value as number) - centre)
    let offset = centre - mean
    const before = norm(direction)
    for (let round = 0; round < 2; round++) {
      directions.forEach((other, o) => {
        const along = compensatedSum(direction.length, (i) => other[i] * direction[i])
        for (let i = 0; i < direction.length; i++) direction[i] -= along * other[i]
        offset -= along * offsets[o]
      })
    }
    const left = norm(direction)
    if (!(left > leastLeft * before)) continue
    directions.push(direction.map((x) => x / left))
    offsets.push(offset / left)
  }
  return { directions, offsets }
}

function norm(column: Float64Array): number {
  return Math.sqrt(compensatedSum(column.length, (i) => column[i] * column[i]))
}
