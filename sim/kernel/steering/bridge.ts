/** The Brownian bridge: the sums of normal numbers over blocks of days, the coarsest part of their path first. */

/** The path at a block's end, given both ends of a stretch: mean of the neighbours by distance, and a normal number. */
export interface BridgeStep {
  /** Block end that is found, and the ends between which it lies. */
  readonly at: number
  readonly left: number
  readonly right: number
  readonly weightLeft: number
  readonly weightRight: number
  readonly deviation: number
}

/**
 * The steps, coarse ones first: the whole run, then always the middle of the stretch that varies most, such as halves before
 * quarters; every step comes after the ends that it lies between.
 * R. E. Caflisch, W. Morokoff and A. B. Owen, "Valuation of mortgage-backed securities using Brownian bridges to reduce effective
 * dimension", Journal of Computational Finance 1 (1997).
 * @param starts first day of each block and the day after the last; end 0 of the bridge is day 0, where the path is 0
 */
export function bridgeSteps(starts: ArrayLike<number>): readonly BridgeStep[] {
  const last = starts.length - 1
  const whole = Math.sqrt(starts[last] - starts[0])
  const steps: BridgeStep[] = [{ at: last, left: 0, right: 0, weightLeft: 1, weightRight: 0, deviation: whole }]
  const open: BridgeStep[] = []
  const cut = (left: number, right: number): void => {
    if (right - left >= 2) open.push(middleOf(starts, left, right))
  }
  cut(0, last)
  while (open.length > 0) {
    let widest = 0
    for (let i = 1; i < open.length; i++) if (open[i].deviation > open[widest].deviation) widest = i
    const [step] = open.splice(widest, 1)
    steps.push(step)
    cut(step.left, step.at)
    cut(step.at, step.right)
  }
  return steps
}

function middleOf(starts: ArrayLike<number>, left: number, right: number): BridgeStep {
  const at = (left + right) >> 1
  const length = starts[right] - starts[left]
  const before = (starts[at] - starts[left]) / length
  const deviation = Math.sqrt(before * (starts[right] - starts[at]))
  return { at, left, right, weightLeft: 1 - before, weightRight: before, deviation }
}

/**
 * Sums over the blocks out of one standard normal number for each step.
 * @param path receives the path at each block end; its length is that of starts
 * @param sums receives the sum over each block from place `offset` on
 */
export function walkBridge(
  steps: readonly BridgeStep[],
  normals: ArrayLike<number>,
  path: Float64Array,
  sums: Float64Array,
  offset: number,
): void {
  path[0] = 0
  for (let s = 0; s < steps.length; s++) {
    const { at, left, right, weightLeft, weightRight, deviation } = steps[s]
    path[at] = weightLeft * path[left] + weightRight * path[right] + deviation * normals[s]
  }
  for (let block = 0; block + 1 < path.length; block++) sums[offset + block] = path[block + 1] - path[block]
}
