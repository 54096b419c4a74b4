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
  return {
    name: lever.name,
    meaning: lever.meaning,
    unit: lever.unit,
    size,
    lower: size === null ? null : found.lower,
    upper: size === null ? null : found.upper,
    words: lever.words(size ?? last.size, bench.plan.days),
    failing: size === null ? null : share(atSize, leverPaths, confidence),
    largest: { size: last.size, failing: share(atLargest, leverPaths, confidence) },
    monotone: found.monotone,
    seen: size === null ? null : seenBy(bench, lever, size, controls),
    tried: found.tried,
  }
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

async function pairTogether(bench: Bench, [one, other]: readonly [LeverAnswer, LeverAnswer]): Promise<PairAnswer> {
  const { leverPaths, confidence } = bench.question.effort
  const part = (answer: LeverAnswer, whole: number): readonly [Lever, number] => {
    const lever = bench.question.language.levers.find(({ name }) => name === answer.name) as Lever
    const size = lever.from + whole * ((answer.size as number) - lever.from)
    return [lever, lever.integer ? Math.round(size) : size]
  }
  const found: Crossing = await crossing(
    (wholes) => failuresAt(bench, bench.orderLuck.pairs, wholes, (whole) => [part(one, whole), part(other, whole)]),
    leverPaths,
    { from: 0, to: 1, grid: 3, rounds: 2 },
    confidence,
  )
  const at = found.value ?? 1
  return {
    levers: [one.name, other.name],
    share: found.value,
    lower: found.lower,
    upper: found.upper,
    words: [part(one, at), part(other, at)].map(([lever, size]) => lever.words(size, bench.plan.days)).join(', and '),
  }
}
