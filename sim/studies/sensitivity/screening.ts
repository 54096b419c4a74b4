/** Morris' screening of the dials of a study. */
import { type ElementaryEffects, morrisMeasures } from '../../statistics/morris.ts'
import { rankRanges } from '../../statistics/ranks.ts'
import { dummyName, type Found, found, foundSize, type MorrisAnswer, type ScreenedDial, unlessMoved } from './answer.ts'
import { type Cells, otherLuck, type Place } from './cells.ts'
import { dummyResampling, morrisStep, morrisTrajectory, resamplingOf } from './design.ts'
import type { SensitivityQuestion } from './question.ts'

/** For each metric: the effects of each dial and then of the dummy, [dial][trajectory], one number a path. */
export type Effects = readonly (readonly (readonly Float64Array[])[])[]

/** Simulates all trajectories, each on paths of its own; the dummy's step stays where one ends and takes luck that no other cell has. */
export async function morrisCells(question: SensitivityQuestion, cells: Cells): Promise<Effects> {
  const { scenario, dials, paths, trajectories, metrics } = question
  const designs = Array.from({ length: trajectories }, (_, t) => morrisTrajectory(dials.length, scenario.seed, t))
  const places = designs.flatMap(({ points }, t): Place[] => [
    ...points.map((at) => ({ at, from: paths * t, paths })),
    { at: points[points.length - 1], from: otherLuck + paths * t, paths },
  ])
  const readings = await cells.readAll(dials, places)
  const length = dials.length + 2
  return metrics.map((_, m) => {
    const effects: Float64Array[][] = Array.from({ length: dials.length + 1 }, () => [])
    designs.forEach(({ points, turned }, t) => {
      const along = readings.slice(t * length, (t + 1) * length).map((reading) => reading[m])
      turned.forEach((dial, k) => {
        effects[dial].push(effect(along[k], along[k + 1], points[k + 1][dial] - points[k][dial]))
      })
      effects[dials.length].push(effect(along[length - 2], along[length - 1], morrisStep))
    })
    return effects
  })
}

function effect(before: Float64Array, after: Float64Array, step: number): Float64Array {
  return before.map((value, p) => (after[p] - value) / step)
}

/** Measures and ranks of the dials for one metric. */
export function screeningOf(question: SensitivityQuestion, effects: Effects[number]): MorrisAnswer {
  const { dials, replicates, confidence, metrics } = question
  const { seed } = question.scenario
  const own = morrisMeasures(effects.slice(0, dials.length), resamplingOf(seed, 0, confidence, replicates))
  const [dummy] = morrisMeasures(effects.slice(dials.length), dummyResampling(seed, 1, confidence, metrics.length))
  const ranks = rankRanges(own.map(({ muStar }) => muStar))
  const screened = own.map((one, i): ScreenedDial => ({ ...plain(dials[i].name, one, effects[i]), rank: ranks[i] }))
  return {
    dials: screened.sort((a, b) => (b.muStar.value ?? 0) - (a.muStar.value ?? 0)),
    dummy: { ...plain(dummyName, dummy, effects[dials.length]), rank: null },
  }
}

function plain(
  dial: string,
  { mu, muStar, sigma }: ElementaryEffects,
  effects: readonly Float64Array[],
): Omit<ScreenedDial, 'rank'> {
  const moved = effects.reduce((sum, own) => sum + own.filter((value) => value !== 0).length, 0)
  const of = (finding: Found): Found => unlessMoved(finding, moved)
  return { dial, mu: of(found(mu)), muStar: of(foundSize(muStar)), sigma: of(foundSize(sigma)), moved }
}
