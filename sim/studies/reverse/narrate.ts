/** A mode in natural units: how far things went on its paths, against what plain paths see. */
import type { AmountAnswer, MarkAnswer } from './answer.ts'
import type { Witness, WitnessedAmount } from './language.ts'
import { quartiles, share } from './shares.ts'
import type { Witnessed } from './watch.ts'

/** An amount is told where the middle of the mode is worse than this share of plain paths. */
const unusual = 0.8

export function amountsOf(
  witness: Witness,
  members: readonly Witnessed[],
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
  members: readonly Witnessed[],
  controls: readonly Witnessed[],
  confidence: number,
): AmountAnswer {
  const { name, unit, meaning, bad, words } = amount
  const { lower, median, upper } = quartiles(members.map(({ amounts }) => amounts[name]))
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
    words: words(median, commonest(members.flatMap(({ names }) => (names[name] === undefined ? [] : [names[name]])))),
    told: false,
  }
}

/** How far the middle of the mode is from that of plain paths, in their quartile ranges. */
function strangeness({ median, plainMedian, plainQuartiles }: AmountAnswer): number {
  const width = plainQuartiles[1] - plainQuartiles[0]
  return width > 0 ? Math.abs(median - plainMedian) / width : 0
}

function commonest(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
}

/** The marks that at least half of the paths of a mode passed, in the order of their middle days. */
export function timelineOf(witness: Witness, members: readonly Witnessed[], confidence: number): readonly MarkAnswer[] {
  return witness.marks
    .flatMap(({ name, words }): MarkAnswer[] => {
      const days = members.map(({ marks }) => marks[name]).filter((day) => day >= 0)
      if (2 * days.length < members.length) return []
      const { lower, median, upper } = quartiles(days)
      return [
        {
          name,
          words,
          day: median,
          earlier: lower,
          later: upper,
          share: share(days.length, members.length, confidence),
        },
      ]
    })
    .sort((a, b) => a.day - b.day)
}

/** “First …; on the middle path: …, … and …; it fails on day ….” */
export function narration(cause: string, amounts: readonly AmountAnswer[], failedOn: number): string {
  const told = amounts.filter((amount) => amount.told).map(({ words }) => words)
  const list = told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told[told.length - 1]}`
  const middle = told.length === 0 ? 'nothing else is out of the ordinary' : list
  return `First ${cause}. On its middle path: ${middle}; failure on day ${Math.round(failedOn)}.`
}
