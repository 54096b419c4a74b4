/** The level of a dial at which a party first loses a dollar. */
import { policyOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/plan.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import { checkMonotonicity, type FailureRecord } from '../../statistics/sizingRecord.ts'
import type { Laboratory } from '../laboratory.ts'
import type { OutcomeColumns } from '../metric.ts'
import { counted } from '../numberWords.ts'
import type { PolicyRuns } from '../policyRuns.ts'
import type { FirstLoss, FirstLossBracket } from './answer.ts'
import { type Direction, type Ladder, ladderOf, standardSteps } from './levels.ts'
import { shareOf } from './oneDial.ts'
import type { FirstLossWishes } from './question.ts'
import { dialAt, dialWords } from './words.ts'

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

/** Parts of the coarse grid: a change within one of them that is undone there is not seen. */
const coarseParts = 4

/**
 * Looks at a coarse grid of five levels, then bisects between neighbours of which one loses and the other does not: once for any
 * path at all, once for each limit. Nothing is taken of the order of levels. The brackets are those of these paths; what more
 * paths would show is in the intervals of the curve and in `bound`.
 */
export async function firstLossOf(ask: FirstLossAsk, runs: PolicyRuns, laboratory: Laboratory): Promise<FirstLoss> {
  const { wishes, limits, confidence, paths } = ask
  const { column, meaning } = partyOf(wishes.party)
  const { ladder, declared } = firstLossLadder(ask.scenario, laboratory.economy, wishes.dial)
  const { levels, dial } = ladder
  const seen = new Map<number, Losses>()
  const look = async (index: number): Promise<void> => {
    if (seen.has(index)) return
    laboratory.say(`losses of ${wishes.party} with ${dialAt(dial, levels[index])}: ${counted(paths)} paths`)
    const columns = await runs.first({ [dial.name]: levels[index] }, paths)
    seen.set(index, lossesOf(columns, column, wishes.usd))
  }
  const last = levels.length - 1
  for (let part = 0; part <= coarseParts; part++) await look(Math.round((last * part) / coarseParts))
  const shares = [0, ...limits]
  // a look for one share may show a change of another
  for (let known = -1; known < seen.size; ) {
    known = seen.size
    for (const share of shares) await refine(share * paths, seen, look)
  }
  const safer = declared ?? toldByEnds(seen.get(0) as Losses, seen.get(last) as Losses, paths, confidence)
  const ascending = [...seen.keys()].sort((one, other) => levels[one] - levels[other])
  const order = safer === 'down' ? ascending.reverse() : ascending
  const record: FailureRecord = new Map(order.map((index, i) => [i, lossesAt(seen, index).flags]))
  const brackets = shares.map((share) => bracketOf(share, share * paths, order, seen, levels))
  return {
    dial: dialWords(ladder),
    party: wishes.party,
    usd: wishes.usd,
    meaning,
    paths,
    confidence,
    bound: clopperPearson(0, paths, confidence, 'upper').upper,
    safer,
    status: brackets[0].status,
    brackets,
    curve: order.map((index) => {
      const { count, largest, firstPath } = lossesAt(seen, index)
      return { level: levels[index], ...shareOf(count, paths, confidence), largest, firstPath }
    }),
    violations: safer === null ? null : checkMonotonicity(record, confidence).violations,
  }
}

function lossesAt(seen: ReadonlyMap<number, Losses>, index: number): Losses {
  return seen.get(index) as Losses
}

/** Bisects every gap of the levels looked at between one with more losers than `most` and one without. */
async function refine(
  most: number,
  seen: ReadonlyMap<number, Losses>,
  look: (index: number) => Promise<void>,
): Promise<void> {
  const loses = (index: number): boolean => lossesAt(seen, index).count > most
  const order = [...seen.keys()].sort((a, b) => a - b)
  for (const [i, end] of order.slice(1).entries()) {
    let [low, high] = [order[i], end]
    while (high - low > 1 && loses(low) !== loses(high)) {
      const middle = Math.floor((low + high) / 2)
      await look(middle)
      if (loses(middle) === loses(low)) low = middle
      else high = middle
    }
  }
}

/** What all levels looked at say of one share. @param order the least safe first */
function bracketOf(
  share: number,
  most: number,
  order: readonly number[],
  seen: ReadonlyMap<number, Losses>,
  levels: readonly number[],
): FirstLossBracket {
  const loses = order.map((index) => lossesAt(seen, index).count > most)
  const changes = loses.slice(1).flatMap((now, i) => (now === loses[i] ? [] : [i]))
  if (changes.length === 0) return { share, status: loses[0] ? 'always' : 'never', without: null, with: null }
  const status = changes.length === 1 ? 'found' : 'mixed'
  // of several places the one nearest the safe end at which safety ends the loss
  const place = changes.findLast((i) => loses[i]) ?? changes[0]
  const [one, other] = [levels[order[place]], levels[order[place + 1]]]
  return loses[place] ? { share, status, without: other, with: one } : { share, status, without: one, with: other }
}

/** A single parameter says nothing of its safe direction: its grid ascends, and paths may tell. */
export function firstLossLadder(
  scenario: Scenario,
  economy: Economy,
  name: string,
): { readonly ladder: Ladder; readonly declared: Direction | null } {
  const declared = policyOf(scenario, economy, name)?.safer ?? null
  const ladder = ladderOf(scenario, economy, name, { steps: standardSteps, safer: declared ?? 'up' })
  return { ladder, declared }
}

/** The end at which fewer paths lose, by the interval of the paired difference; null where the paths cannot tell. */
function toldByEnds(low: Losses, high: Losses, paths: number, confidence: number): Direction | null {
  let [onlyLow, onlyHigh] = [0, 0]
  for (let path = 0; path < paths; path++) {
    if (low.flags[path] > high.flags[path]) onlyLow++
    else if (low.flags[path] < high.flags[path]) onlyHigh++
  }
  const { lower, upper } = pairedProportionDifference(onlyLow, onlyHigh, paths, confidence)
  return upper < 0 ? 'up' : lower > 0 ? 'down' : null
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
