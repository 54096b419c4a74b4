/** What the answer proposes: the level certified for each limit, with the settings behind it, what it does and what it costs. */
import { dialOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { clopperPearson } from '../../statistics/intervals.ts'
import { pairedProportionDifference } from '../../statistics/pairedProportions.ts'
import type { Bounded, Proposal, ProposedChange, ProposedEffect } from '../proposal.ts'
import { countOf } from '../reverse/failure.ts'
import type { DialWords, Monotonicity, Required } from './answer.ts'
import type { Ladder } from './levels.ts'
import { percent, valueWords } from './words.ts'

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
  const { words, failure, ladder } = ask
  const { limit, best } = required
  const isEnough = ladder.safer === 'up' ? words.today >= to : words.today <= to
  const held = `${failure.name} to ${percent(limit)} a run`
  return {
    title: isEnough
      ? `Stay with a ${words.name} of ${valueWords(words.today, words.unit)}: from ${valueWords(to, words.unit)} on it holds ${held}`
      : `A ${words.name} of ${valueWords(to, words.unit)} holds ${held}`,
    changes: isEnough ? [] : [changeOf(ask, required, to)],
    effects: [effectOf(ask, required, isEnough ? null : to)],
    cost: isEnough ? null : best.cost,
    caveats: caveatsOf(ask, required, isEnough),
  }
}

function changeOf(ask: ProposeAsk, required: Required, to: number): ProposedChange {
  const { scenario, economy, words, ladder } = ask
  const { limit, rejected, best, confidence } = required
  const settings = ladder.policy?.settingsAt(to) ?? { [words.name]: to }
  const below =
    rejected === null
      ? 'no level was certainly too low'
      : `${valueWords(rejected, words.unit)} is too ${ladder.safer === 'up' ? 'little' : 'much'} with ${percent(confidence)} confidence`
  const fails = `${best.failures} of ${best.paths} paths fail at it, which holds ${percent(limit)} with ${percent(confidence)} confidence`
  return {
    name: words.name,
    meaning: words.meaning,
    unit: words.unit,
    from: words.today,
    to,
    why: `${fails}; ${below}`,
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
  if (isEnough)
    caveats.push('The policy of today is already at least this safe: going to this level would give safety back.')
  caveats.push(orderCaveat(ask, required))
  const asks = ladder.policy?.asks
  if (!isEnough && asks !== undefined && asks.rate > 0) {
    caveats.push(
      `The money is set aside by others, who are taken to ask ${percent(asks.rate)} a year for it (${asks.source}); that charge is not simulated.`,
    )
  }
  if (!isEnough && ladder.policy !== null) caveats.push(`More of it is paid for by ${ladder.policy.paidBy}.`)
  return caveats
}

/** What the confidence rests on, and what is left without it. */
function orderCaveat({ monotonicity, words }: ProposeAsk, required: Required): string {
  const { confidence, confidenceAlone, certifiedAlone } = required
  const alone =
    certifiedAlone === null
      ? `no level looked at reaches ${percent(confidence)}`
      : `${valueWords(certifiedAlone, words.unit)} reaches ${percent(confidence)}`
  const rests = `The confidence of ${percent(confidence)} takes it that every level safer than one that holds the limit holds it too; single paths may differ. Whatever other levels do, this level holds with ${confidenceWords(confidenceAlone ?? 0)}, and ${alone}.`
  const { violations, paths, steps } = monotonicity
  const differ =
    violations === 0
      ? ''
      : ` ${violations} of ${paths} paths fail at a safer level though they do not at a less safe one.`
  const reversed = steps.filter((step) => step.reversed)
  if (reversed.length === 0) return rests + differ
  const where = reversed
    .map(({ from, to }) => `${valueWords(from, words.unit)} to ${valueWords(to, words.unit)}`)
    .join(', ')
  return `The order of levels is in doubt: from ${where} failures became more frequent. ${rests}${differ}`
}

/** No confidence is rounded up to certainty. */
function confidenceWords(confidence: number): string {
  return confidence > 0.995 ? 'above 99 %' : `${Math.floor(100 * confidence)} %`
}
