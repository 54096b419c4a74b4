/** The smallest order that breaks it: the critical size of each lever on typical luck, and of pairs together. */
import type { LeverAnswer, PairAnswer, Share } from './answer.ts'
import type { Bench } from './bench.ts'
import { type Crossing, crossing } from './crossing.ts'
import { countOf } from './failure.ts'
import type { Lever } from './language.ts'
import { share } from './shares.ts'
import type { Witnessed } from './watch.ts'

/** Levers whose pairs are tried: those that break it by themselves, the likeliest kinds first. */
const pairedLevers = 3
/** Whole steps that a critical size must have to be parted into shares: below, its quarters are the same stress. */
const leastSteps = 4

/** @param controls plain paths, looked at closely */
export async function criticalSizes(bench: Bench, controls: readonly Witnessed[]): Promise<readonly LeverAnswer[]> {
  const { levers: asked, language } = bench.question
  const chosen = asked === undefined ? language.levers : language.levers.filter(({ name }) => asked.includes(name))
  return Promise.all(chosen.map((lever) => criticalSize(bench, withinRun(bench, lever), controls)))
}

function withinRun({ plan }: Bench, lever: Lever): Lever {
  return { ...lever, to: Math.min(lever.to, lever.largest?.(plan) ?? lever.to) }
}

/** Found on some paths, measured on others, and the failures at that size counted on yet others. */
async function criticalSize(bench: Bench, lever: Lever, controls: readonly Witnessed[]): Promise<LeverAnswer> {
  const { leverPaths, confidence } = bench.question.effort
  const { search, measure, quote } = bench.orderLuck
  const { from, to, integer } = lever
  const grid = integer ? 3 : 4
  const failures = (first: number, sizes: readonly number[]): Promise<readonly number[]> =>
    failuresAt(bench, first, sizes, (size) => [[lever, size]])
  const along = (first: number, largest: number, middle = false): Promise<Crossing> => {
    const range = { from, to: largest, integer, grid, rounds: 4, middle }
    return crossing((sizes) => failures(first, sizes), leverPaths, range, confidence)
  }
  const sought = await along(search, to, true)
  const near = sought.value === null ? sought : await along(measure, twiceAsFar(lever, sought.value))
  const found = sought.value !== null && near.value === null ? await along(measure, to) : near
  const size = found.value === null ? null : integer ? Math.ceil(found.value) : found.value
  const last = sought.tried[sought.tried.length - 1]
  const [atLargest, atSize] = await failures(quote, size === null ? [last.size] : [last.size, size])
  const largest = { size: last.size, failing: share(atLargest, leverPaths, confidence) }
  return {
    name: lever.name,
    meaning: lever.meaning,
    unit: lever.unit,
    size,
    ...endsOf(found, largest),
    words: lever.words(size ?? last.size, bench.plan.days),
    failing: size === null ? null : share(atSize, leverPaths, confidence),
    largest,
    monotone: found.monotone,
    seen: size === null ? null : seenBy(bench, lever, size, controls),
    tried: found.tried,
  }
}

/** Where no size was found though other paths surely fail at the largest, the largest is the upper end. */
function endsOf(
  { value, lower, upper }: Crossing,
  { size, failing }: LeverAnswer['largest'],
): Pick<LeverAnswer, 'lower' | 'upper'> {
  if (value !== null) return { lower, upper }
  return failing.lower > 0.5 ? { lower, upper: size } : { lower: null, upper: null }
}

/** Sizes near to one that was found are told apart more finely than those of the whole range. */
function twiceAsFar({ from, to, integer }: Lever, near: number): number {
  const far = Math.min(to, from + 2 * (near - from))
  return integer ? Math.ceil(far) : far
}

/** Plain paths that saw at least as much by themselves. */
function seenBy(bench: Bench, { seen }: Lever, size: number, controls: readonly Witnessed[]): Share | null {
  if (!seen || controls.length === 0) return null
  const amount = bench.question.language.witness.amounts.find(({ name }) => name === seen.amount)
  const sign = amount?.bad === 'low' ? -1 : 1
  const limit = seen.at(size)
  const count = controls.filter(({ amounts }) => sign * amounts[seen.amount] >= sign * limit).length
  return share(count, controls.length, bench.question.effort.confidence)
}

/** Failures at each of some sizes. @param first number of the paths */
function failuresAt(
  bench: Bench,
  first: number,
  sizes: readonly number[],
  orders: (size: number) => readonly (readonly [Lever, number])[],
): Promise<readonly number[]> {
  const { leverPaths } = bench.question.effort
  return Promise.all(
    sizes.map(async (size) => {
      const shocks = orders(size).flatMap(([lever, at]) => (at === lever.from ? [] : lever.shocks(at, bench.plan.days)))
      return countOf(await bench.failuresUnder(shocks, first, first + leverPaths))
    }),
  )
}

/** For pairs of levers that break it alone: at which share of both critical sizes they break it together, on paths of their own. */
export async function pairs(bench: Bench, alone: readonly LeverAnswer[]): Promise<readonly PairAnswer[]> {
  const breaking = alone
    .filter(({ size }) => size !== null)
    .sort((a, b) => (b.seen?.value ?? -1) - (a.seen?.value ?? -1))
    .slice(0, pairedLevers)
  const both = breaking.flatMap((one, i) => breaking.slice(i + 1).map((other) => [one, other] as const))
  return Promise.all(both.map((pair) => pairTogether(bench, pair)))
}

async function pairTogether(bench: Bench, pair: readonly [LeverAnswer, LeverAnswer]): Promise<PairAnswer> {
  const { leverPaths, confidence } = bench.question.effort
  const both = pair.map((answer) => partedOf(bench, answer))
  const { lever, steps } = both.reduce((coarser, one) => (one.steps < coarser.steps ? one : coarser))
  const levers = [pair[0].name, pair[1].name] as const
  if (steps < leastSteps) {
    return { levers, share: null, lower: null, upper: null, words: '', untried: { lever: lever.name, steps } }
  }
  const inSteps = Number.isFinite(steps)
  // counted in steps of the coarser, as shares between them would be of the same stress
  const whole = inSteps ? steps : 1
  const range = inSteps
    ? { from: 0, to: steps, integer: true, grid: 3, rounds: 4 }
    : { from: 0, to: 1, grid: 3, rounds: 2 }
  const found = await crossing(
    (sizes) => failuresAt(bench, bench.orderLuck.pairs, sizes, (size) => both.map(({ part }) => part(size / whole))),
    leverPaths,
    range,
    confidence,
  )
  const value = inSteps ? firstOfHalf(found) : found.value
  const shareOf = (size: number | null): number | null => (size === null ? null : size / whole)
  const words = both
    .map(({ part }) => part((value ?? whole) / whole))
    .map(([one, at]) => one.words(at, bench.plan.days))
  return {
    levers,
    share: shareOf(value),
    lower: shareOf(found.lower),
    upper: shareOf(found.upper),
    words: words.join(', and '),
    ...(inSteps ? { inSteps } : {}),
  }
}

interface Parted {
  readonly lever: Lever
  /** Whole steps of the critical size; infinite where it can be parted anywhere. */
  readonly steps: number
  readonly part: (share: number) => readonly [Lever, number]
}

function partedOf(bench: Bench, { name, size: critical }: LeverAnswer): Parted {
  const lever = bench.question.language.levers.find((one) => one.name === name) as Lever
  const whole = (critical as number) - lever.from
  const part = (share: number): readonly [Lever, number] => {
    const size = lever.from + share * whole
    return [lever, lever.integer ? Math.round(size) : size]
  }
  return { lever, steps: lever.integer ? whole : Number.POSITIVE_INFINITY, part }
}

/** The smallest size tried at which half of the paths fail. */
function firstOfHalf({ tried }: Crossing): number | null {
  return tried.find(({ failed, paths }) => 2 * failed >= paths)?.size ?? null
}
