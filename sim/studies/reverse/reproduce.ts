/** A scenario that brings paths of typical luck where those of a mode went, and whether it fails. */
import type { Shock } from '../../../scenarios/shocks.ts'
import { exp, log } from '../../kernel/maths/elementary.ts'
import { quantile, sortedColumn } from '../../statistics/orderStatistics.ts'
import type { ReproductionAnswer } from './answer.ts'
import type { Bench } from './bench.ts'
import { countOf } from './failure.ts'
import type { Mode } from './modes.ts'
import { quartiles, share } from './shares.ts'
import { witnessPaths } from './watch.ts'

/** Days between the corners of a path that is followed. */
const stretch = 60
/** Typical paths that show where the orders alone lead. */
const typicalPaths = 40
/** A path that stays this near to the typical one is not followed. */
const sameLevel = 0.05
/** Powers of the ratio that are tried, until half of the paths fail. */
const depths = [1, 1.25, 1.5, 2]

/** @returns null where the model has no orders for this mode */
export async function reproduce(bench: Bench, mode: Mode): Promise<ReproductionAnswer | null> {
  const ordered = orderedEvents(bench, mode)
  const ratios = await followedRatios(bench, mode, ordered)
  if (ordered.length === 0 && ratios.length === 0) return null
  const { leverPaths, confidence } = bench.question.effort
  const tried = await Promise.all(
    (ratios.length === 0 ? [1] : depths).map(async (depth) => {
      const shocks = [...ordered, ...followingShocks(bench, ratios, depth)]
      return { depth, shocks, failed: countOf(await bench.failuresUnder(shocks, 0, leverPaths)) }
    }),
  )
  const enough = tried.find(({ failed }) => 2 * failed >= leverPaths)
  const best = enough ?? tried.reduce((a, b) => (b.failed > a.failed ? b : a))
  return {
    yaml: yamlOf(bench, mode, best.shocks),
    failing: share(best.failed, leverPaths, confidence),
    depth: best.depth,
  }
}

/** Events that at least half of the paths of the mode had, on the middle day of those that had them. */
function orderedEvents(bench: Bench, { members, cause }: Mode): readonly Shock[] {
  return bench.question.language.reproduction.ordered.flatMap(({ mark, shocks, causes }) => {
    if (causes !== undefined && !causes.includes(cause)) return []
    const days = members.map(({ marks }) => marks[mark]).filter((day) => day >= 0)
    return 2 * days.length < members.length ? [] : shocks(Math.round(quartiles(days).median))
  })
}

interface Corner {
  readonly day: number
  readonly ratio: number
}

/** Level of the followed column on the middle path of the mode over that of typical paths under the ordered events. */
async function followedRatios(bench: Bench, mode: Mode, ordered: readonly Shock[]): Promise<readonly Corner[]> {
  const { followed } = bench.question.language.reproduction
  if (followed === null) return []
  const days = Math.min(bench.plan.days, Math.ceil(quartiles(mode.members.map(({ failedOn }) => failedOn)).upper) + 1)
  const typical = Array.from({ length: typicalPaths }, (_, p) => p)
  const there = middlePath(
    bench,
    bench.plan,
    mode.members.map(({ path }) => path),
    followed.column,
  )
  const here = middlePath(bench, bench.planWith(ordered), typical, followed.column)
  const corners: Corner[] = []
  for (let day = stretch; ; day += stretch) {
    const at = Math.min(day, days) - 1
    corners.push({ day: at + 1, ratio: there[at] / here[at] })
    if (day >= days) break
  }
  return corners.some(({ ratio }) => Math.abs(ratio - 1) > sameLevel) ? corners : []
}

/** Median of a column over paths, day by day. */
function middlePath(bench: Bench, plan: Bench['plan'], paths: readonly number[], column: string): Float64Array {
  const all: Float64Array[] = []
  const { language } = bench.question
  witnessPaths(bench.laboratory.economy, plan, undefined, paths, language.witness, bench.failure, (_, series) => {
    all.push(series[column])
  })
  return Float64Array.from({ length: plan.days }, (_, day) => {
    return quantile(sortedColumn(all.map((series) => series[day])), 0.5)
  })
}

function followingShocks(bench: Bench, corners: readonly Corner[], depth: number): readonly Shock[] {
  const { followed } = bench.question.language.reproduction
  if (followed === null) return []
  return corners.map(({ day, ratio }, i): Shock => {
    const begin = i === 0 ? 0 : corners[i - 1].day
    const to = Math.round(1000 * exp(depth * log(ratio))) / 1000
    return { column: followed.lever, atHours: 24 * begin, overHours: 24 * (day - begin), to }
  })
}

/** The scenario as a file. */
function yamlOf(bench: Bench, mode: Mode, shocks: readonly Shock[]): string {
  const { scenario, extends: parent, settings, effort } = bench.question
  const asked = `Does ${scenario.name} fail (${bench.failure.text}) where its failures of kind ${mode.label} went?`
  const set = settings.map((text) => {
    const at = text.indexOf('=')
    return `  ${text.slice(0, at).trim()}: ${text.slice(at + 1).trim()}`
  })
  return [
    `name: ${scenario.name}-fails-${mode.label.toLowerCase()}`,
    `question: ${JSON.stringify(asked)}`,
    `extends: ${parent}`,
    ...(set.length > 0 ? ['set:', ...set] : []),
    `run: { days: ${scenario.days}, paths: ${effort.leverPaths} }`,
    'shocks:',
    ...shocks.map((shock) => `  - { ${fieldsOf(shock).join(', ')} }`),
    '',
  ].join('\n')
}

function fieldsOf({ column, atHours, untilHours, overHours, to }: Shock): readonly string[] {
  const until = untilHours === undefined ? [] : [`until: ${untilHours / 24}`]
  const over =
    overHours === undefined ? [] : [`over: ${overHours % 24 === 0 ? `${overHours / 24} days` : `${overHours} hours`}`]
  return [`column: ${column}`, `at: ${atHours / 24}`, ...until, `to: ${to}`, ...over]
}
