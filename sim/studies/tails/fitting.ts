/**
 * The proposal that is nearest to the law of the worst paths, by cross-entropy: means are moved to their means, ends given their
 * probabilities. R. Y. Rubinstein and D. P. Kroese, The Cross-Entropy Method, Springer, 2004, chapter 3.
 */
import { log, pow } from '../../kernel/maths/elementary.ts'
import { blockStarts, type Chance, type Proposal, type Shift, watchColumn } from '../../kernel/steering.ts'
import type { OutcomeColumns } from '../metric.ts'
import type { Candidate } from './candidates.ts'
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
function shiftBefore({ shifts = [] }: Proposal, { shock, index }: Candidate, day = 0): number {
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
  const { shock, index, blocks } = candidate
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
  const { shock, index } = candidate
  const totals = columns[watchColumn({ shock, index, what: 'total' })]
  const counts = columns[watchColumn({ shock, index, what: 'count' })]
  const often = eliteMean(elite, (path) => counts[path]).mean
  if (often < leastAsked) return []
  const mean = eliteMean(elite, (path) => totals[path]).mean / often
  const { error } = eliteMean(elite, (path) => totals[path] - mean * counts[path])
  const by = settled({ mean, error: error / often }, shiftBefore(before, candidate), trustInMeans)
  return by === 0 ? [] : [{ shock, index, by }]
}

/** Draws a path of the elite makes on average, below which an event says nothing. */
const leastAsked = 0.05

/** Ends whose probability is tried. */
const ends = [0.001, 0.002, 0.004, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3]
/** What no probability is raised beyond: the rest of the law must keep its paths. */
const mostChance = 0.95

/** The end of a draw, block by block, that tells the elite best from ordinary luck: the one found before, or another. */
function fitChances(
  candidate: Candidate,
  columns: OutcomeColumns,
  elite: Elite,
  { chances = [] }: Proposal,
  days: number,
): Chance[] {
  const { shock, index, when, blocks } = candidate
  const starts = blockStarts(days, blocks)
  const asked = when === 'event' ? columns[watchColumn({ shock, index, what: 'count' })] : undefined
  return Array.from({ length: blocks }, (_, block) => {
    const draws = when === 'daily' ? starts[block + 1] - starts[block] : 1
    const count = (path: number): number => asked?.[path] ?? draws
    const span = when === 'daily' ? { from: starts[block], to: starts[block + 1] - 1 } : {}
    const before = chances.find((c) => c.shock === shock && c.index === index && c.from === span.from)
    let best: { readonly told: number; readonly chance: Chance } | undefined
    for (const end of ['lowest', 'highest'] as const) {
      const extremes = columns[watchColumn({ shock, index, what: end }, block)]
      const distance = (path: number): number => (end === 'lowest' ? extremes[path] : 1 - extremes[path])
      for (const of of ends) {
        const isKnown = before?.end === end && before.of === of
        const tried = judge(elite, distance, count, of, isKnown ? before.becomes : of)
        if (tried === undefined || tried.told <= (best?.told ?? 0)) continue
        best = { told: tried.told, chance: { shock, index, ...span, end, of, becomes: tried.becomes } }
      }
    }
    return best?.chance
  }).filter((chance) => chance !== undefined)
}

/**
 * @param distance of the extreme draw of a path from its end, as a probability; beyond 1 where nothing was drawn
 * @param before probability that the end was given before
 * @returns what an end should get, and how well it tells the elite from ordinary luck (relative entropy); undefined where it does not
 */
function judge(
  elite: Elite,
  distance: (path: number) => number,
  count: (path: number) => number,
  of: number,
  before: number,
): { told: number; becomes: number } | undefined {
  const often = eliteMean(elite, count).mean
  if (often < leastAsked) return undefined
  const under = (chance: number) => (path: number) => (count(path) === 0 ? 0 : 1 - pow(1 - chance, count(path)))
  const usual = eliteMean(elite, under(of)).mean
  const then = eliteMean(elite, under(before)).mean - usual
  const hit = (path: number): number => (count(path) > 0 && distance(path) < of ? 1 : 0)
  // The error is that of ordinary luck or of the elite, whichever is larger: an elite without misses has none of its own.
  const error = Math.max(
    eliteMean(elite, (path) => hit(path) - under(of)(path)).error,
    Math.sqrt((usual * (1 - usual)) / Math.max(1, elite.effective)),
  )
  const mean = eliteMean(elite, hit).mean - usual
  const more = settled({ mean, error }, Math.abs(then) < 1e-9 ? 0 : then, trustInShares)
  if (more <= 0) return undefined
  const asked = eliteMean(elite, (path) => (count(path) > 0 ? 1 : 0)).mean
  const share = Math.min(mostChance, (usual + more) / asked)
  const becomes = 1 - pow(1 - share, asked / often)
  const ordinary = Math.min(1 - 1e-12, usual / asked)
  const told = asked * (share * log(share / ordinary) + (1 - share) * log((1 - share) / (1 - ordinary)))
  return becomes > of ? { told, becomes } : undefined
}
