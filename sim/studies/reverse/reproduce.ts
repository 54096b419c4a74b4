/** A scenario that brings paths of typical luck where those of a mode went, and whether it fails. */
import type { Shock } from '../../../scenarios/shocks.ts'
import { exp, log } from '../../kernel/maths/elementary.ts'
import type { Steering } from '../../kernel/steering.ts'
import type { ReproductionAnswer } from './answer.ts'
import { type Bench, typicalPaths } from './bench.ts'
import { countOf } from './failure.ts'
import type { Mode } from './modes.ts'
import { passing } from './narrate.ts'
import { quartiles, share } from './shares.ts'

/** Days between the corners of a path that is followed. */
const stretch = 60
/** A path that stays this near to the typical one is not followed. */
const sameLevel = 0.05
/** Powers of the ratio that are tried, until half of the paths fail. */
const depths = [1, 1.25, 1.5, 2]

/**
 * The least depth at which half of the paths fail is chosen on some paths, and how often it fails is quoted on others: those of
 * the seed that the scenario is given, so that who runs the file sees the same.
 * @param steering under which the paths of the mode were simulated
 * @returns null where the model has no orders for this mode
 */
export async function reproduce(bench: Bench, mode: Mode, steering: Steering): Promise<ReproductionAnswer | null> {
  const ordered = orderedEvents(bench, mode)
  const ratios = await followedRatios(bench, mode, ordered, steering)
  if (ordered.length === 0 && ratios.length === 0) return null
  const { leverPaths, confidence } = bench.question.effort
  const { orders } = bench.luck
  const tried = await Promise.all(
    (ratios.length === 0 ? [1] : depths).map(async (depth) => {
      const shocks = [...ordered, ...followingShocks(bench, ratios, depth)]
      return { depth, shocks, failed: countOf(await bench.failuresUnder(shocks, orders, orders + leverPaths)) }
    }),
  )
  const enough = tried.find(({ failed }) => 2 * failed >= leverPaths)
  const best = enough ?? tried.reduce((a, b) => (b.failed > a.failed ? b : a))
  const seed = `${bench.question.scenario.seed} afresh`
  const failed = countOf(await bench.failuresUnder(best.shocks, 0, leverPaths, seed))
  return {
    yaml: yamlOf(bench, mode, best.shocks, seed),
    failing: share(failed, leverPaths, confidence),
    depth: best.depth,
  }
}

/** Events that at least half of the paths of the mode had, on the middle day of those that had them. */
function orderedEvents(bench: Bench, { members, cause }: Mode): readonly Shock[] {
  return bench.question.language.reproduction.ordered.flatMap(({ mark, shocks, causes }) => {
    if (causes !== undefined && !causes.includes(cause)) return []
    const { days, weights, passed } = passing(members, mark, bench.question.effort.confidence)
    return passed.value < 0.5 ? [] : shocks(Math.round(quartiles(days, weights).median))
  })
}

interface Corner {
  readonly day: number
  readonly ratio: number
}

/** Level of the followed column on the middle path of the mode over that of typical paths under the ordered events. */
async function followedRatios(
  bench: Bench,
  { members }: Mode,
  ordered: readonly Shock[],
  steering: Steering,
): Promise<readonly Corner[]> {
  const { followed } = bench.question.language.reproduction
  if (followed === null) return []
  const weights = members.map(({ weight }) => weight)
  const { upper } = quartiles(
    members.map(({ failedOn }) => failedOn),
    weights,
  )
  const days = Math.min(bench.plan.days, Math.ceil(upper) + 1)
  const paths = members.map(({ path }) => path)
  const typical = Array.from({ length: typicalPaths }, (_, p) => bench.luck.orders + p)
  const { column } = followed
  const there = await bench.middlePath({ plan: bench.plan, steering, paths }, column, weights)
  const here = await bench.middlePath({ plan: bench.planWith(ordered), paths: typical }, column)
  const corners: Corner[] = []
  for (let day = stretch; ; day += stretch) {
    const at = Math.min(day, days) - 1
    corners.push({ day: at + 1, ratio: there[at] / here[at] })
    if (day >= days) break
  }
  return corners.some(({ ratio }) => Math.abs(ratio - 1) > sameLevel) ? corners : []
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
function yamlOf(bench: Bench, mode: Mode, shocks: readonly Shock[], seed: string): string {
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
    `run: { days: ${scenario.days}, paths: ${effort.leverPaths}, seed: ${JSON.stringify(seed)} }`,
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
