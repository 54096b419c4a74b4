/** The level of a dial at which a party first loses a dollar. */
import type { Scenario } from '../../../scenarios/scenario.ts'
import { InputError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/plan.ts'
import { checkMonotonicity, type FailureRecord } from '../../statistics/sizingRecord.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import type { PolicyRuns } from '../policyRuns.ts'
import type { FirstLoss, FirstLossBracket } from './answer.ts'
import { type Ladder, type LevelWishes, ladderOf, standardSteps } from './levels.ts'
import { shareOf } from './oneDial.ts'
import type { FirstLossWishes } from './question.ts'
import { dialWords } from './words.ts'

/** Who can lose, and the outcome that says how much. */
export const parties: Readonly<Record<string, { readonly column: string; readonly meaning: string }>> = {
  sAID: { column: 'outcomes.lossOfSaid', meaning: 'Losses borne by sAID through its NAV' },
  AID: { column: 'outcomes.lossOfAid', meaning: 'Deficit left to holders of AID at the end' },
  insurance: { column: 'outcomes.lossOfInsurance', meaning: 'Losses borne by the insurance fund' },
  surplus: { column: 'outcomes.lossOfSurplus', meaning: 'Losses borne by the surplus' },
  lenders: { column: 'outcomes.lossOfLenders', meaning: 'Bad debt of lenders' },
  loopers: { column: 'outcomes.lossOfLoopers', meaning: 'Penalties and slippage of liquidated loopers' },
  providers: { column: 'outcomes.lossOfProviders', meaning: 'What shares of the AID pool are worth below par' },
}

/** @throws InputError naming the party and who is known */
export function partyOf(name: string): (typeof parties)[string] {
  const found = parties[name]
  if (found) return found
  const names = Object.keys(parties)
  const near = nearest(name, names)
  throw new InputError(
    `--first-loss names the party ${name}; ${near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`}`,
  )
}

export interface FirstLossAsk {
  readonly scenario: Scenario
  readonly wishes: FirstLossWishes
  readonly limits: readonly number[]
  readonly confidence: number
  readonly paths: number
}

/** Losses of a party at one level of a ladder. */
interface Losses {
  readonly flags: Uint8Array
  readonly count: number
  readonly largest: number
  readonly firstPath: number | null
}

/**
 * Looks at both ends, then bisects between a level that loses and one that does not: once for any path at all, once for each limit. The brackets hold for these paths: what more paths would show is in the intervals of the curve.
 */
export async function firstLossOf(ask: FirstLossAsk, runs: PolicyRuns, laboratory: Laboratory): Promise<FirstLoss> {
  const { wishes, limits, confidence, paths } = ask
  const { column, meaning } = partyOf(wishes.party)
  const ladder = await orientedLadder(ask, runs, laboratory)
  const { levels, dial } = ladder
  const seen = new Map<number, Losses>()
  const look = async (index: number): Promise<Losses> => {
    const known = seen.get(index)
    if (known) return known
    laboratory.say(`${wishes.party} at ${dial.name} of ${levels[index]}: ${paths} paths`)
    const found = lossesOf(await runs.first({ [dial.name]: levels[index] }, paths), column, wishes.usd)
    seen.set(index, found)
    return found
  }
  const brackets: FirstLossBracket[] = []
  for (const share of [0, ...limits]) brackets.push(await bracketOf(share, ladder, paths, look))
  const order = [...seen.keys()].sort((a, b) => a - b)
  const record: FailureRecord = new Map(order.map((index) => [index, (seen.get(index) as Losses).flags]))
  return {
    dial: dialWords(ladder),
    party: wishes.party,
    usd: wishes.usd,
    meaning,
    paths,
    status: brackets[0].with === null ? 'never' : brackets[0].without === null ? 'always' : 'found',
    brackets,
    curve: order.map((index) => {
      const { count, largest, firstPath } = seen.get(index) as Losses
      return { level: levels[index], ...shareOf(count, paths, confidence), largest, firstPath }
    }),
    violations: checkMonotonicity(record, confidence).violations,
  }
}

/** The safest level at which more than a share of the paths lose, and its safer neighbour. */
async function bracketOf(
  share: number,
  { levels }: Ladder,
  paths: number,
  look: (index: number) => Promise<Losses>,
): Promise<FirstLossBracket> {
  const loses = async (index: number): Promise<boolean> => (await look(index)).count > share * paths
  let below = 0
  let above = levels.length - 1
  const [first, last] = [await loses(below), await loses(above)]
  if (last) return { share, without: null, with: levels[above] }
  if (!first) return { share, without: levels[below], with: null }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (await loses(middle)) below = middle
    else above = middle
  }
  return { share, without: levels[above], with: levels[below] }
}

/** A single parameter says nothing of its safe direction: the end at which fewer paths lose is then the safe one. */
async function orientedLadder(ask: FirstLossAsk, runs: PolicyRuns, laboratory: Laboratory): Promise<Ladder> {
  const { scenario, wishes, paths } = ask
  const steps: LevelWishes = { steps: standardSteps }
  const up = ladderOf(scenario, laboratory.economy, wishes.dial, { ...steps, safer: 'up' })
  if (up.policy !== null) return ladderOf(scenario, laboratory.economy, wishes.dial, steps)
  const { column } = partyOf(wishes.party)
  const ends = [up.levels[0], up.levels[up.levels.length - 1]]
  const [low, high] = await Promise.all(ends.map((level) => runs.first({ [wishes.dial]: level }, paths)))
  const count = (columns: OutcomeColumns): number => lossesOf(columns, column, wishes.usd).count
  if (count(high) <= count(low)) return up
  return ladderOf(scenario, laboratory.economy, wishes.dial, { ...steps, safer: 'down' })
}

function lossesOf(columns: OutcomeColumns, column: string, least: number): Losses {
  const flags = Uint8Array.from(columns[column], (usd) => (usd >= least ? 1 : 0))
  const firstPath = flags.indexOf(1)
  return {
    flags,
    count: flags.reduce((sum, flag) => sum + flag, 0),
    largest: columns[column].reduce((most, usd) => Math.max(most, usd), 0),
    firstPath: firstPath === -1 ? null : firstPath,
  }
}
