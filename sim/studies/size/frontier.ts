/** Two to four dials at once: how much safety costs how much yield, and which points no other one beats. */
import { dialOf, openingOf, policyOf, type Turn } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import { bonferroni, clopperPearson } from '../../statistics/intervals.ts'
import { paretoFront } from '../../statistics/paretoFront.ts'
import { dialTitle, listed } from '../dialWords.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import { counted } from '../numberWords.ts'
import type { PolicyRuns } from '../policyRuns.ts'
import { type Failure, failuresOf } from '../reverse/failure.ts'
import type { Frontier, FrontierPoint } from './answer.ts'
import { claimBest } from './bestClaim.ts'
import { type Turned, wholeCost, yieldColumn, yieldCost } from './cost.ts'
import { type Direction, gridOf, type Ladder, spacingOf, tidyBounds } from './levels.ts'
import { shareOf } from './oneDial.ts'
import { type FrontierWishes, frontierLevels } from './question.ts'
import { dialWords } from './words.ts'

export interface FrontierAsk {
  readonly scenario: Scenario
  readonly failure: Failure
  readonly wishes: FrontierWishes
  /** The dial that is sized, and which way of it the question calls safer. */
  readonly sized: { readonly dial: string; readonly safer: Direction }
  /** The limit of the claim of a best point. */
  readonly limit: number
  readonly confidence: number
  readonly indifference: number
  /** The first path that no other part of the study has used: independent luck begins here. */
  readonly freshFrom: number
}

export async function frontierOf(ask: FrontierAsk, runs: PolicyRuns, laboratory: Laboratory): Promise<Frontier> {
  const { scenario, failure, wishes, limit, confidence } = ask
  const { paths } = wishes
  const ladders = frontierLadders(ask, laboratory.economy)
  const turns = productOf(ladders.map(({ levels }) => levels))
  laboratory.say(
    `frontier of ${listed(ladders.map(({ dial }) => dialTitle(dial)))}: ${turns.length} points on ${counted(paths)} paths`,
  )
  const { staked } = openingOf(scenario, laboratory.economy)
  const before = await runs.first({}, paths)
  const all = await Promise.all(turns.map((values) => runs.first(turnOf(ladders, values), paths)))
  const costs = all.map((after, i) => yieldCost(before, after, turnedOf(ladders, turns[i]), staked, confidence))
  const flags = all.map((columns) => failuresOf(failure, columns, paths))
  const placed = paretoFront(
    all.map((columns, i) => ({ costs: pathCosts(columns, costs[i].charged), failures: flags[i] })),
    confidence,
  )
  const single = bonferroni(confidence, turns.length)
  const points: FrontierPoint[] = turns.map((values, i) => {
    const failures = flags[i].reduce((sum, flag) => sum + flag, 0)
    const holds = clopperPearson(failures, paths, single, 'upper').upper <= limit
    return { values, ...shareOf(failures, paths, confidence), cost: costs[i], ...placed[i], holds }
  })
  const order = points.map((_, i) => i).filter((i) => points[i].holds)
  order.sort((a, b) => wholeCost(costs[a]).value - wholeCost(costs[b]).value || a - b)
  const cheapest = order.map((place) => ({ place, turn: turnOf(ladders, turns[place]), charged: costs[place].charged }))
  const claim = await claimBest(ask, cheapest, runs)
  return { dials: ladders.map(dialWords), paths, confidence, points, claim }
}

/**
 * Levels of each dial from the value of today to the safe end, or to the other end where today is the safest.
 * @throws InputError for an unknown dial, or one whose value of today or safe direction nobody has declared
 */
export function frontierLadders(
  ask: Pick<FrontierAsk, 'scenario' | 'wishes' | 'sized'>,
  economy: Economy,
): readonly Ladder[] {
  return ask.wishes.dials.map((name) => frontierLadder(ask, economy, name))
}

function frontierLadder(
  { scenario, wishes, sized }: Pick<FrontierAsk, 'scenario' | 'wishes' | 'sized'>,
  economy: Economy,
  name: string,
): Ladder {
  const dial = dialOf(scenario, economy, name)
  const policy = policyOf(scenario, economy, name) ?? null
  const { value: today } = dial
  if (today === null) throw new InputError(`--frontier ${name} has no single value to start from: its rows differ`)
  const safer = name === sized.dial ? sized.safer : policy?.safer
  if (safer === undefined) {
    throw new InputError(
      `--frontier ${name} does not say which way is safer; size it by --dial ${name} --safer up or down, or name a policy dial such as reserveBuffer`,
    )
  }
  const bounds = tidyBounds(dial.from, dial.to)
  const [near, far] = safer === 'up' ? [bounds.to, bounds.from] : [bounds.from, bounds.to]
  const isSafest = safer === 'up' ? today >= near : today <= near
  const end = isSafest ? far : near
  const [from, to] = [Math.min(today, end), Math.max(today, end)]
  const steps = frontierLevels(wishes.dials.length, wishes.levels) - 1
  const levels = gridOf(from, to, steps, spacingOf(policy, from, to), dial.integer)
  return { dial, policy, today, safer, levels: safer === 'up' ? levels : levels.reverse() }
}

function turnOf(ladders: readonly Ladder[], values: readonly number[]): Turn {
  return Object.fromEntries(ladders.map(({ dial }, i) => [dial.name, values[i]]))
}

function turnedOf(ladders: readonly Ladder[], values: readonly number[]): readonly Turned[] {
  return ladders.map(({ policy, today }, i) => ({ policy, today, value: values[i] }))
}

/** What each path costs, in basis points: its yield missed and the charge that is the same on every path. */
function pathCosts(columns: OutcomeColumns, charged: number): Float64Array {
  return Float64Array.from(columns[yieldColumn], (value) => charged - 1e4 * value)
}

function productOf(axes: readonly (readonly number[])[]): number[][] {
  return axes.reduce<number[][]>(
    (points, axis) => points.flatMap((point) => axis.map((value) => [...point, value])),
    [[]],
  )
}
