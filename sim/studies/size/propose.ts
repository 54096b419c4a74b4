/** What the answer proposes: the level certified for each limit, with the settings behind it, what it does and what it costs. */
import { dialOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import { dialTitle } from '../dialWords.ts'
import { counted } from '../numberWords.ts'
import type { Bounded, Proposal, ProposedChange, ProposedEffect } from '../proposal.ts'
import { countOf } from '../reverse/failure.ts'
import type { DialWords, Monotonicity, Required } from './answer.ts'
import type { Ladder } from './levels.ts'
import { confidenceWords, dialAt, isTodayEnough, reversalWords, unpaddedPercent, valueWords } from './words.ts'

export interface ProposeAsk {
  readonly scenario: Scenario
  readonly economy: Economy
  readonly ladder: Ladder
  readonly words: DialWords
  readonly failure: { readonly name: string; readonly meaning: string }
  readonly monotonicity: Monotonicity
  /** Paths that fail today, and at a level of the ladder. */
  readonly flags: { readonly today: Uint8Array; readonly at: (level: number) => Uint8Array }
}

/** One proposal for each limit that a level holds: to that level, or to stay where today is already on its safe side. */
export function proposalsOf(ask: ProposeAsk, required: readonly Required[]): Proposal[] {
  return required.flatMap((one) => (one.certified === null ? [] : [proposalOf(ask, one, one.certified)]))
}

function proposalOf(ask: ProposeAsk, required: Required, to: number): Proposal {
  const { words } = ask
  const isEnough = isTodayEnough(words, to)
  return {
    title: titleOf(ask, required, to, isEnough),
    changes: isEnough ? [] : [changeOf(ask, required, to)],
    effects: [effectOf(ask, required, isEnough ? null : to)],
    cost: isEnough ? null : required.best.cost,
    caveats: caveatsOf(ask, required, isEnough),
  }
}

function titleOf({ words }: ProposeAsk, { limit }: Required, to: number, isEnough: boolean): string {
  const { unit, today } = words
  const [now, then] = [valueWords(today, unit), valueWords(to, unit)]
  const enough = to === today ? 'it' : then
  if (isEnough)
    return `Stay with ${dialAt(words, today)}: ${enough} is enough to hold failures to ${unpaddedPercent(limit)}`
  return `${to > today ? 'Raise' : 'Lower'} the ${dialTitle(words)} from ${now} to ${then}, to hold failures to ${unpaddedPercent(limit)}`
}

function changeOf(ask: ProposeAsk, required: Required, to: number): ProposedChange {
  const { scenario, economy, words, ladder } = ask
  const { limit, rejected, best, confidence } = required
  const settings = ladder.policy?.settingsAt(to) ?? { [words.name]: to }
  const sure = `with ${unpaddedPercent(confidence)} confidence`
  const below =
    rejected === null
      ? 'No level was certainly too low.'
      : `${valueWords(rejected, words.unit)} is too ${ladder.safer === 'up' ? 'little' : 'much'}, ${sure}.`
  const fails = `${counted(best.failures)} of ${counted(best.paths)} paths fail at it: a chance of at most ${unpaddedPercent(limit)}, ${sure}.`
  return {
    name: words.name,
    meaning: words.meaning,
    unit: words.unit,
    from: words.today,
    to,
    why: `${fails} ${below}`,
    settings: Object.entries(settings).map(([name, value]) => ({
      name,
      from: dialOf(scenario, economy, name).value,
      to: value,
    })),
  }
}

/** Before and after on the paths that both have. @param to the level that is proposed; null: today's stays */
function effectOf({ failure, flags }: ProposeAsk, required: Required, to: number | null): ProposedEffect {
  const { confidence, confidenceChosen } = required
  const then = to === null ? flags.today : flags.at(to)
  const paths = Math.min(flags.today.length, then.length)
  const [before, after] = [flags.today.subarray(0, paths), then.subarray(0, paths)]
  const failures = { before: countOf(before), after: countOf(after) }
  const onlyBefore = before.reduce((sum, flag, path) => sum + (flag > after[path] ? 1 : 0), 0)
  const onlyAfter = failures.after - failures.before + onlyBefore
  const change = pairedProportionDifference(onlyBefore, onlyAfter, paths, confidenceChosen)
  return {
    name: failure.name,
    meaning: failure.meaning,
    unit: '1',
    before: boundedOf(failures.before, paths, confidence),
    // the level of today was not chosen for what these paths showed
    after: boundedOf(failures.after, paths, to === null ? confidence : confidenceChosen),
    difference: to === null ? null : { value: change.difference, lower: change.lower, upper: change.upper },
    paths,
    failures,
  }
}

function boundedOf(failures: number, paths: number, confidence: number): Bounded {
  return { value: failures / paths, ...clopperPearson(failures, paths, confidence) }
}

function caveatsOf(ask: ProposeAsk, required: Required, isEnough: boolean): string[] {
  const { ladder } = ask
  const caveats = [
    'It holds for the economy as modelled, with the parameters and the luck of this scenario, and for the length of its run.',
  ]
  if (isEnough && ask.words.today !== required.certified)
    caveats.push(
      'The policy of today is already at least this safe: going down to what is enough would give safety back.',
    )
  caveats.push(orderCaveat(ask, required))
  const asks = ladder.policy?.asks
  if (!isEnough && asks !== undefined && asks.rate > 0) {
    caveats.push(
      `The money is set aside by others, who are taken to ask ${unpaddedPercent(asks.rate)} a year for it (${asks.source}); that charge is not simulated.`,
    )
  }
  if (!isEnough && ladder.policy !== null) caveats.push(`More of it is paid for by ${ladder.policy.paidBy}.`)
  return caveats
}

/** What the confidence rests on, and what is left without it. */
function orderCaveat({ monotonicity, words }: ProposeAsk, required: Required): string {
  const { basis, confidence, confidenceAlone, certifiedAlone } = required
  const { violations, paths } = monotonicity
  const sure = unpaddedPercent(confidence)
  const itself = `by itself, whatever other levels do, this level holds with ${confidenceWords(confidenceAlone ?? 0)} confidence`
  if (basis === 'itself') {
    return `The paths contradict the order of levels: ${reversalWords(monotonicity, words)}. The certificate therefore takes nothing of other levels: ${itself}.`
  }
  const alone =
    certifiedAlone === null
      ? `no level looked at reaches ${sure} that way`
      : `${valueWords(certifiedAlone, words.unit)} reaches ${sure} that way`
  const differ =
    violations === 0
      ? ''
      : ` ${counted(violations)} of ${counted(paths)} paths fail at a safer level though they do not at a less safe one; no two levels contradict the order by their shares.`
  return `The confidence of ${sure} takes it that every level safer than one that holds the limit holds it too; single paths may differ. Without that: ${itself}, and ${alone}.${differ}`
}
