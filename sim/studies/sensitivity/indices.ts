/** Sobol indices of the dials of a study. */
import { rankRanges } from '../../statistics/ranks.ts'
import type { IntervalEstimate } from '../../statistics/rowBootstrap.ts'
import { type InputIndices, type SobolRuns, sobolIndices } from '../../statistics/sobolIndices.ts'
import { dummyName, type Found, foundSize, type IndexedDial, type SobolAnswer, unlessMoved } from './answer.ts'
import { type Cells, otherLuck, type Place, pathsMoved } from './cells.ts'
import { dummyResampling, resamplingOf, saltelliMatrices } from './design.ts'
import type { SensitivityQuestion } from './question.ts'
import type { DialRange } from './ranges.ts'
import type { Statistic } from './statistic.ts'

/** Simulates Saltelli's design for each metric, each row on paths of its own; the dummy's cells are the rows of A under luck that no other cell has. */
export async function sobolCells(
  question: SensitivityQuestion,
  dials: readonly DialRange[],
  cells: Cells,
): Promise<SobolRuns[]> {
  const { scenario, rows, paths, metrics } = question
  const { a, b } = saltelliMatrices(dials.length, scenario.seed, rows)
  const columns: readonly (readonly (readonly number[])[])[] = [
    a,
    b,
    ...dials.map((_, i) => a.map((x, j) => x.with(i, b[j][i]))),
    a,
  ]
  const isDummy = (column: number): boolean => column === columns.length - 1
  const places = columns.flatMap((points, c): Place[] =>
    points.map((at, j) => ({ at, from: (isDummy(c) ? otherLuck : 0) + paths * j, paths })),
  )
  const readings = await cells.readAll(dials, places)
  return metrics.map((_, m) => {
    const column = (c: number) => readings.slice(c * rows, (c + 1) * rows).map((reading) => reading[m])
    return { base: column(0), second: column(1), mixed: columns.slice(2).map((_, i) => column(2 + i)) }
  })
}

/** Indices and ranks of the dials for one metric; none where the variance cannot be told from zero. */
export function indicesOf(
  question: SensitivityQuestion,
  dials: readonly DialRange[],
  statistic: Statistic,
  runs: SobolRuns,
): SobolAnswer {
  const { replicates, confidence, metrics } = question
  const { seed } = question.scenario
  const of = (from: number, to: number): SobolRuns => ({ ...runs, mixed: runs.mixed.slice(from, to) })
  const indices = sobolIndices(of(0, dials.length), resamplingOf(seed, 2, confidence, replicates))
  const variance = foundSize(indices.variance)
  // The influences of a tail stand for the statistic of a cell, not for what a single future does.
  const hasSingle = !('level' in statistic)
  const luck = hasSingle ? { first: foundSize(indices.luckFirst), total: foundSize(indices.luckTotal) } : null
  const moved = [runs.second, ...runs.mixed.slice(0, dials.length)].reduce(
    (sum, cells) => sum + movedIn(runs, cells),
    0,
  )
  if (!variance.told) return { variance, moved, dials: [], dummy: null, luck }
  const own = indices.inputs
  const outer = dummyResampling(seed, 3, confidence, metrics.length)
  const [dummy] = sobolIndices(of(dials.length, dials.length + 1), outer, indices.variance.value).inputs
  const ranks = rankRanges(own.map(({ total }) => total))
  const indexed = own.map(
    (one, i): IndexedDial => ({
      ...plain(dials[i].name, one, hasSingle, movedIn(runs, runs.mixed[i])),
      rank: ranks[i],
    }),
  )
  return {
    variance,
    moved,
    dials: indexed.sort((x, y) => (y.total.value ?? 0) - (x.total.value ?? 0)),
    // In a single future the dummy is luck itself, which is told apart above.
    dummy: { ...plain(dummyName, dummy, false, movedIn(runs, runs.mixed[dials.length])), rank: null },
    luck,
  }
}

/** Paths that some cells have otherwise than the first of their rows. */
function movedIn({ base }: SobolRuns, cells: readonly Float64Array[]): number {
  return cells.reduce((sum, cell, row) => sum + pathsMoved(base[row], cell), 0)
}

function plain(dial: string, indices: InputIndices, hasSingle: boolean, moved: number): Omit<IndexedDial, 'rank'> {
  const of = (estimate: IntervalEstimate): Found => unlessMoved(foundSize(estimate), moved)
  const single = { first: of(indices.singleFirst), total: of(indices.singleTotal) }
  return { dial, first: of(indices.first), total: of(indices.total), single: hasSingle ? single : null, moved }
}
