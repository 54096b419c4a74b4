/** A mode in natural units: how far things went on its paths, against what plain paths see. */
import { MINIMUM_TAIL_COUNT } from '../../statistics/tailRisk.ts'
import type { AmountAnswer, Likelihood, MarkAnswer, Share } from './answer.ts'
import type { Witness, WitnessedAmount } from './language.ts'
import type { FailingPath } from './modes.ts'
import { quartiles, share, weightedShare } from './shares.ts'
import type { Witnessed } from './watch.ts'

/** An amount is told where the middle of the mode is worse than this share of plain paths. */
const unusual = 0.8

export function amountsOf(
  witness: Witness,
  members: readonly FailingPath[],
  controls: readonly Witnessed[],
  confidence: number,
): readonly AmountAnswer[] {
  const all = witness.amounts.map((amount) => amountOf(amount, members, controls, confidence))
  return all.map((answer, i) => {
    const { family } = witness.amounts[i]
    const rivals = all.filter((_, j) => family !== undefined && witness.amounts[j].family === family)
    const worst = rivals.every((rival) => strangeness(rival) <= strangeness(answer))
    const first = rivals.find((rival) => strangeness(rival) === strangeness(answer))
    const told = answer.seen.value <= 1 - unusual && (rivals.length === 0 || (worst && first === answer))
    return { ...answer, told }
  })
}

function amountOf(
  amount: WitnessedAmount,
  members: readonly FailingPath[],
  controls: readonly Witnessed[],
  confidence: number,
): AmountAnswer {
  const { name, unit, meaning, bad, words } = amount
  const { lower, median, upper } = quartiles(
    members.map(({ amounts }) => amounts[name]),
    members.map(({ weight }) => weight),
  )
  const plain = controls.map(({ amounts }) => amounts[name])
  const usual = quartiles(plain)
  const sign = bad === 'high' ? 1 : -1
  const seen = plain.filter((value) => sign * value >= sign * median).length
  return {
    name,
    unit,
    meaning,
    bad,
    lowerQuartile: lower,
    median,
    upperQuartile: upper,
    plainMedian: usual.median,
    plainQuartiles: [usual.lower, usual.upper],
    seen: share(seen, plain.length, confidence),
    words: words(median, commonest(members, name)),
    told: false,
  }
}

/** How far the middle of the mode is from that of plain paths, in their quartile ranges. */
function strangeness({ median, plainMedian, plainQuartiles }: AmountAnswer): number {
  const width = plainQuartiles[1] - plainQuartiles[0]
  return width > 0 ? Math.abs(median - plainMedian) / width : 0
}

function commonest(members: readonly FailingPath[], amount: string): string | undefined {
  const counts = new Map<string, number>()
  for (const { names, weight } of members) {
    const name = names[amount]
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + weight)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
}

/** The marks that at least half of the paths of a mode passed, in the order of their middle days. */
export function timelineOf(
  witness: Witness,
  members: readonly FailingPath[],
  confidence: number,
): readonly MarkAnswer[] {
  return witness.marks
    .flatMap(({ name, words }): MarkAnswer[] => {
      const { days, weights, passed } = passing(members, name, confidence)
      if (passed.value < 0.5) return []
      const { lower, median, upper } = quartiles(days, weights)
      return [
        {
          name,
          words,
          day: median,
          earlier: lower,
          later: upper,
          share: passed,
        },
      ]
    })
    .sort((a, b) => a.day - b.day)
}

/** Days on which paths passed a mark, with their weights, and the share that did. */
export function passing(
  members: readonly FailingPath[],
  mark: string,
  confidence: number,
): { days: readonly number[]; weights: readonly number[]; passed: Share } {
  const those = members.filter(({ marks }) => marks[mark] >= 0)
  const holds = members.map(({ marks }) => marks[mark] >= 0)
  return {
    days: those.map(({ marks }) => marks[mark]),
    weights: those.map(({ weight }) => weight),
    passed: weightedShare(
      holds,
      members.map(({ weight }) => weight),
      confidence,
    ),
  }
}

/** “First …; on the middle path: …, … and …; it fails on day ….” */
export function narration(
  cause: string,
  amounts: readonly AmountAnswer[],
  failedOn: number,
  { worth }: Pick<Likelihood, 'worth'>,
): string {
  const told = amounts.filter((amount) => amount.told).map(({ words }) => words)
  const list = told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told[told.length - 1]}`
  const middle = told.length === 0 ? 'nothing else is out of the ordinary' : list
  const few = `An indication: it stands on failing paths worth fewer than ${MINIMUM_TAIL_COUNT}.`
  const words = `First ${cause}. On its middle path: ${middle}; failure on day ${Math.round(failedOn)}.`
  return worth < MINIMUM_TAIL_COUNT ? `${words} ${few}` : words
}
