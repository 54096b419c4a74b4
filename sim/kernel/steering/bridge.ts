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
 * The steps in order of falling variance: first the whole run, then its middle, the quarters and so on.
 * R. E. Caflisch, W. Morokoff and A. B. Owen, "Valuation of mortgage-backed securities using Brownian bridges to reduce effective
 * dimension", Journal of Computational Finance 1 (1997).
 * @param starts first day of each block and the day after the last; end 0 of the bridge is day 0, where the path is 0
 */
export function bridgeSteps(starts: ArrayLike<number>): readonly BridgeStep[] {
  const last = starts.length - 1
  const time = (end: number): number => starts[end] - starts[0]
  const steps: BridgeStep[] = [
    { at: last, left: 0, right: 0, weightLeft: 1, weightRight: 0, deviation: Math.sqrt(time(last)) },
  ]
  const open: [number, number][] = [[0, last]]
  for (const [left, right] of open) {
    if (right - left < 2) continue
    const at = (left + right) >> 1
    const length = time(right) - time(left)
    const before = (time(at) - time(left)) / length
    const deviation = Math.sqrt(before * (time(right) - time(at)))
    steps.push({ at, left, right, weightLeft: 1 - before, weightRight: before, deviation })
    open.push([left, at], [at, right])
  }
  // The sort is stable and no stretch varies more than the one it was cut from, so every step comes after its ends.
  return steps.sort((a, b) => b.deviation - a.deviation)
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
