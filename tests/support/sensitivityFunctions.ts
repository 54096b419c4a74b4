/** Functions of published sensitivity, and designs for them. */
import { sin } from '../../sim/kernel/maths/elementary.ts'
import { pi } from '../../sim/kernel/maths/trigonometric.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import type { SobolRuns } from '../../sim/statistics/sobolIndices.ts'

/** Ishigami and Homma (1990), inputs in [0, 1] stretched to [−π, π]. */
export function ishigami(a: number, b: number): (x: readonly number[]) => number {
  return ([u, v, w]) => {
    const [x, y, z] = [u, v, w].map((one) => pi * (2 * one - 1))
    return sin(x) + a * sin(y) * sin(y) + b * z * z * z * z * sin(x)
  }
}

/** The g-function of Sobol' and Saltelli: the larger a[i], the less input i matters. */
export function gFunction(a: readonly number[]): (x: readonly number[]) => number {
  return (x) => a.reduce((product, ai, i) => (product * (Math.abs(4 * x[i] - 2) + ai)) / (1 + ai), 1)
}

export interface Design {
  readonly a: readonly (readonly number[])[]
  readonly b: readonly (readonly number[])[]
}

/** Rows of independent uniform numbers. */
export function randomDesign(rows: number, inputs: number, stream: SideStream): Design {
  const matrix = () => Array.from({ length: rows }, () => Array.from({ length: inputs }, () => stream.uniform()))
  return { a: matrix(), b: matrix() }
}

/** Results at every cell of a design; `columnAt` gives one number a path. */
export function runsOf({ a, b }: Design, columnAt: (x: readonly number[], row: number) => Float64Array): SobolRuns {
  const mixed = a[0].map((_, i) => a.map((x, j) => columnAt(x.with(i, b[j][i]), j)))
  return { base: a.map(columnAt), second: b.map(columnAt), mixed }
}

/** One path: the function as it is. */
export function plain(f: (x: readonly number[]) => number): (x: readonly number[]) => Float64Array {
  return (x) => Float64Array.of(f(x))
}

/** A stream of its own for each experiment. */
export function streamOf(experiment: number, repetition = 0): SideStream {
  const side = new SideStream()
  side.open(20261122, 0, 0x5e45, experiment, repetition, 0)
  return side
}
