/** What the answer proposes: the level certified for each limit, with the settings behind it, what it does and what it costs. */
import { dialOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import type { Bounded, Proposal, ProposedChange } from '../proposal.ts'
import type { CurvePoint, DialWords, Monotonicity, Required, Share } from './answer.ts'
import type { Ladder } from './levels.ts'
import { percent, valueWords } from './words.ts'

export interface ProposeAsk {
  readonly scenario: Scenario
  readonly economy: Economy
  readonly ladder: Ladder
  readonly words: DialWords
  readonly failure: { readonly name: string; readonly meaning: string }
  readonly today: CurvePoint
  readonly monotonicity: Monotonicity
}

/** One proposal for each limit that a level holds: to that level, or to stay where today is already on its safe side. */
export function proposalsOf(ask: ProposeAsk, required: readonly Required[]): Proposal[] {
  return required.flatMap((one) => (one.certified === null ? [] : [proposalOf(ask, one, one.certified)]))
}

function proposalOf(ask: ProposeAsk, required: Required, to: number): Proposal {
  const { words, failure, today, ladder } = ask
  const { limit, confidence, best } = required
  const isEnough = ladder.safer === 'up' ? words.today >= to : words.today <= to
  const effect = {
    name: failure.name,
    meaning: failure.meaning,
    unit: '1',
    before: boundedOf(today),
    after: boundedOf(isEnough ? today : best),
    paths: isEnough ? today.paths : Math.min(today.paths, best.paths),
  }
  const held = `${failure.name} to ${percent(limit)} a run`
  return {
    title: isEnough
      ? `Stay with a ${words.name} of ${valueWords(words.today, words.unit)}: from ${valueWords(to, words.unit)} on it holds ${held}`
      : `A ${words.name} of ${valueWords(to, words.unit)} holds ${held}`,
    changes: isEnough ? [] : [changeOf(ask, required, to)],
    effects: [effect],
    cost: isEnough ? null : best.cost,
    caveats: caveatsOf(ask, required, isEnough, confidence),
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

function boundedOf({ probability, lower, upper }: Share): Bounded {
  return { value: probability, lower, upper }
}

function caveatsOf(ask: ProposeAsk, required: Required, isEnough: boolean, confidence: number): string[] {
  const { monotonicity, ladder } = ask
  const caveats = [
    'It holds for the economy as modelled, with the parameters and the luck of this scenario, and for the length of its run.',
  ]
  if (isEnough)
    caveats.push('The policy of today is already at least this safe: going to this level would give safety back.')
  if (monotonicity.violations > 0) {
    const alone = required.confidenceAlone ?? 0
    caveats.push(
      `${monotonicity.violations} of ${monotonicity.paths} paths fail at a safer level though they do not at a less safe one. ` +
        `Without relying on safer levels being safer, this level holds with ${percent(alone)} confidence instead of ${percent(confidence)}.`,
    )
  }
  const asks = ladder.policy?.asks
  if (!isEnough && asks !== undefined && asks.rate > 0) {
    caveats.push(
      `The money is set aside by others, who are taken to ask ${percent(asks.rate)} a year for it (${asks.source}); that charge is not simulated.`,
    )
  }
  if (!isEnough && ladder.policy !== null) caveats.push(`More of it is paid for by ${ladder.policy.paidBy}.`)
  return caveats
}
