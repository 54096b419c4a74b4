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
  return Promise.all(chosen.map((lever) => criticalSize(bench, lever, controls)))
}

async function criticalSize(bench: Bench, lever: Lever, controls: readonly Witnessed[]): Promise<LeverAnswer> {
  const { leverPaths, confidence } = bench.question.effort
  const { from, to, integer } = lever
  const found = await crossing(
    (sizes) => failuresAt(bench, sizes, (size) => [[lever, size]]),
    leverPaths,
    { from, to, integer, grid: integer ? 3 : 4, rounds: 4 },
    confidence,
  )
  const size = found.value === null ? null : integer ? Math.ceil(found.value) : found.value
  const largest = found.tried[found.tried.length - 1]
  return {
    name: lever.name,
    meaning: lever.meaning,
    unit: lever.unit,
    size,
    lower: found.lower,
    upper: found.upper,
    words: lever.words(size ?? largest.size),
    largest: { size: largest.size, failing: share(largest.failed, leverPaths, confidence) },
    monotone: found.monotone,
    seen: size === null ? null : seenBy(bench, lever, size, controls),
    tried: found.tried,
  }
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

/** Failures on the first paths at each of some sizes. */
function failuresAt(
  bench: Bench,
  sizes: readonly number[],
  orders: (size: number) => readonly (readonly [Lever, number])[],
): Promise<readonly number[]> {
  const { leverPaths } = bench.question.effort
  return Promise.all(
    sizes.map(async (size) => {
      const shocks = orders(size).flatMap(([lever, at]) => (at === lever.from ? [] : lever.shocks(at, bench.plan.days)))
      return countOf(await bench.failuresUnder(shocks, 0, leverPaths))
    }),
  )
}

/** For pairs of levers that break it alone: at which share of both critical sizes they break it together. */
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
    (wholes) => failuresAt(bench, wholes, (whole) => [part(one, whole), part(other, whole)]),
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
    words: [part(one, at), part(other, at)].map(([lever, size]) => lever.words(size)).join(', and '),
  }
}
