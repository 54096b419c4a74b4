/**
 * The proposal that is nearest to the law of the worst paths, by cross-entropy: means are moved to their means, ends given their
 * probabilities. R. Y. Rubinstein and D. P. Kroese, The Cross-Entropy Method, Springer, 2004, chapter 3.
 */
import { log, pow } from '../../kernel/maths/elementary.ts'
import { blockStarts, type Chance, type Proposal, type Shift, watchColumn } from '../../kernel/steering.ts'
import type { OutcomeColumns } from '../metric.ts'
import { type Candidate, namesOf } from './candidates.ts'
import { type Elite, eliteMean, settled } from './elite.ts'

/** How far a mean that was found before may be off, in standard deviations of its sum, and an end’s share. */
const trustInMeans = 0.3
const trustInShares = 0.15

/**
 * @param columns of all paths among which the elite is
 * @param before what the stage before has moved
 * @param days of the run
 */
export function fitProposal(
  candidates: readonly Candidate[],
  columns: OutcomeColumns,
  elite: Elite,
  before: Proposal,
  days: number,
): Proposal {
  const shifts: Shift[] = []
  const chances: Chance[] = []
  for (const candidate of candidates) {
    if (candidate.move === 'chance') chances.push(...fitChances(candidate, columns, elite, before, days))
    else if (candidate.when === 'daily') shifts.push(...fitMeans(candidate, columns, elite, before, days))
    else shifts.push(...fitEventMean(candidate, columns, elite, before))
  }
  return { shifts, chances }
}

/** The shift that a proposal gives a number on a day. */
function shiftBefore({ shifts = [] }: Proposal, candidate: Candidate, day = 0): number {
  const { shock, index } = namesOf(candidate)
  const found = shifts.find(
    (s) => s.shock === shock && s.index === index && day >= (s.from ?? 0) && day <= (s.to ?? day),
  )
  return found?.by ?? 0
}

/**
 * Means of the blocks of a daily shock, written as Haar’s wavelets do: the mean of the whole run, then the differences of halves,
 * quarters and eighths; only those that are clear of their noise are kept (D. L. Donoho and I. M. Johnstone, Biometrika 81, 1994).
 */
function fitMeans(
  candidate: Candidate,
  columns: OutcomeColumns,
  elite: Elite,
  before: Proposal,
  days: number,
): Shift[] {
  const { blocks } = candidate
  const [index] = candidate.indices
  const { shock } = candidate
  const starts = blockStarts(days, blocks)
  const roots = Array.from({ length: blocks }, (_, block) => Math.sqrt(starts[block + 1] - starts[block]))
  const totals = roots.map((_, block) => columns[watchColumn({ shock, index, what: 'total' }, block)])
  const moved = roots.map((root, block) => root * shiftBefore(before, candidate, starts[block]))
  const means = new Float64Array(blocks)
  for (const wave of haarWaves(blocks)) {
    const found = eliteMean(elite, (path) =>
      wave.reduce((sum, height, block) => sum + (height === 0 ? 0 : (height * totals[block][path]) / roots[block]), 0),
    )
    const then = wave.reduce((sum, height, block) => sum + height * moved[block], 0)
    const kept = settled(found, Math.abs(then) < 1e-9 ? 0 : then, trustInMeans)
    wave.forEach((height, block) => {
      means[block] += kept * height
    })
  }
  return roots.flatMap((root, block) => {
    const by = means[block] / root
    return Math.abs(by) < 1e-9 ? [] : [{ shock, index, from: starts[block], to: starts[block + 1] - 1, by }]
  })
}

/** Haar’s orthonormal waves over a power of two of blocks. */
export function haarWaves(blocks: number): readonly (readonly number[])[] {
  const waves = [new Array<number>(blocks).fill(1 / Math.sqrt(blocks))]
  for (let length = blocks; length > 1; length /= 2) {
    for (let from = 0; from < blocks; from += length) {
      const height = 1 / Math.sqrt(length)
      waves.push(
        Array.from({ length: blocks }, (_, b) =>
          b < from || b >= from + length ? 0 : b < from + length / 2 ? height : -height,
        ),
      )
    }
  }
  return waves
}

/** The mean of a draw that events make as often as they come. */
function fitEventMean(candidate: Candidate, columns: OutcomeColumns, elite: Elite, before: Proposal): Shift[] {
  const { shock, indices } = candidate
  const sumOf = (what: 'total' | 'count') => {
    const all = indices.map((index) => columns[watchColumn({ shock, index, what })])
    return (path: number): number => all.reduce((sum, column) => sum + column[path], 0)
  }
  const [total, count] = [sumOf('total'), sumOf('count')]
  const often = eliteMean(elite, count).mean
  if (often < leastAsked) return []
  const mean = eliteMean(elite, total).mean / often
  const { error } = eliteMean(elite, (path) => total(path) - mean * count(path))
  const by = settled({ mean, error: error / often }, shiftBefore(before, candidate), trustInMeans)
  return by === 0 ? [] : [{ ...namesOf(candidate), by }]
}

/** Draws a path of the elite makes on average, below which an event says nothing. */
const leastAsked = 0.05

/** Ends whose probability is tried. */
const ends = [0.001, 0.002, 0.004, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3]
/** Bounds of what the share of paths in an end may become: the rest of the law must keep its paths, and the end half of its own. */
const mostShare = 0.95
const leastOfUsual = 0.5

/** The ends of a draw, block by block, that tell the elite best from ordinary luck: those found before, or others. */
function fitChances(
  candidate: Candidate,
  columns: OutcomeColumns,
  elite: Elite,
  { chances = [] }: Proposal,
  days: number,
): Chance[] {
  const { shock, indices, when, blocks } = candidate
  const names = namesOf(candidate)
  const starts = blockStarts(days, blocks)
  return Array.from({ length: blocks }, (_, block): Chance[] => {
    const span = when === 'daily' ? { from: starts[block], to: starts[block + 1] - 1 } : {}
    const draws = starts[block + 1] - starts[block]
    const found = (['lowest', 'highest'] as const).map((end): Chance | undefined => {
      const drawn = indices.map((index): Drawn => {
        const extremes = columns[watchColumn({ shock, index, what: end }, block)]
        const counts = when !== 'daily' ? columns[watchColumn({ shock, index, what: 'count' })] : undefined
        return {
          distance: (path) => (end === 'lowest' ? extremes[path] : 1 - extremes[path]),
          count: (path) => counts?.[path] ?? draws,
        }
      })
      const before = chances.find(
        (c) => c.shock === shock && c.index === names.index && c.from === span.from && c.end === end,
      )
      let best: Judgement | undefined
      for (const of of ends) {
        const tried = judge(elite, drawn, of, before?.of === of ? before.becomes : of)
        if (tried !== undefined && tried.told > (best?.told ?? 0)) best = tried
      }
      return best && { ...names, ...span, end, of: best.of, becomes: best.becomes }
    })
    return apart(found.filter((chance) => chance !== undefined))
  }).flat()
}

/** Two ends with something left between them. */
function apart(chances: readonly Chance[]): Chance[] {
  const sum = chances.reduce((all, { becomes }) => all + becomes, 0)
  return chances.map((chance) => ({
    ...chance,
    becomes: sum > mostShare ? (chance.becomes * mostShare) / sum : chance.becomes,
  }))
}

/** One number of a shock: how far its extreme draw on a path is from the end, as a probability, and how often it was drawn. */
interface Drawn {
  readonly distance: (path: number) => number
  readonly count: (path: number) => number
}

interface Judgement {
  readonly of: number
  readonly becomes: number
  /** How well the end tells the elite from ordinary luck: relative entropy. */
  readonly told: number
}

/**
 * What an end should get, or undefined where it says nothing.
 * @param before probability that the end was given before
 */
function judge(elite: Elite, drawn: readonly Drawn[], of: number, before: number): Judgement | undefined {
  const sum = (numberOf: (one: Drawn, path: number) => number) => (path: number) =>
    drawn.reduce((all, one) => all + numberOf(one, path), 0)
  const often = eliteMean(
    elite,
    sum((one, path) => one.count(path)),
  ).mean
  if (often < leastAsked) return undefined
  const under = (chance: number) =>
    sum((one, path) => (one.count(path) === 0 ? 0 : 1 - pow(1 - chance, one.count(path))))
  const hits = sum((one, path) => (one.count(path) > 0 && one.distance(path) < of ? 1 : 0))
  const asked = eliteMean(
    elite,
    sum((one, path) => (one.count(path) > 0 ? 1 : 0)),
  ).mean
  const usual = eliteMean(elite, under(of)).mean
  const then = eliteMean(elite, under(before)).mean - usual
  // The error is that of ordinary luck or of the elite, whichever is larger: an elite without misses has none of its own.
  const spread = usual * (1 - Math.min(1, usual / asked))
  const error = Math.max(
    eliteMean(elite, (path) => hits(path) - under(of)(path)).error,
    Math.sqrt(spread / Math.max(1, elite.effective)),
  )
  const mean = eliteMean(elite, hits).mean - usual
  const more = settled({ mean, error }, Math.abs(then) < 1e-9 ? 0 : then, trustInShares)
  if (more === 0) return undefined
  const ordinary = Math.min(1 - 1e-12, usual / asked)
  const share = Math.min(mostShare, Math.max(leastOfUsual * ordinary, (usual + more) / asked))
  const becomes = 1 - pow(1 - share, asked / often)
  const told = asked * (share * log(share / ordinary) + (1 - share) * log((1 - share) / (1 - ordinary)))
  return { of, becomes, told }
}
