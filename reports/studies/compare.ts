/** The report of a comparison: what differs, how surely, what these paths could not see, and why paths flip. */
import type { CompareAnswer, Decided, ToldFlip } from '../../sim/studies/compare/compare.ts'
import type { AmountDifference, AmountStatistic, EventDifference } from '../../sim/studies/compare/differences.ts'
import { shortName } from '../columns.ts'
import {
  differenceScale,
  isShown,
  pairText,
  sayDifference,
  scaleOfAmount,
  shares,
  statisticText,
  unseenText,
  verdictText,
} from '../differences.ts'
import { coursesFigure } from '../figures/courses.ts'
import { eventDifferencesFigure } from '../figures/differences.ts'
import { counted, levelText, percent, type Scale, scaleOf, withUnit } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'

/** Everything that is told apart, in one list, and how much is not. */
export function compareSummary(answer: CompareAnswer): Markup {
  const { first, second, paths, tests } = answer
  const told = toldApart(answer)
  const all = answer.events.length + answer.amounts.length
  return html`<div class="answers"><div class="answer"><h3>A is ${first}. B is ${second}.</h3>
${told.length === 0 ? html`<p>On ${counted(paths)} paths the two cannot be told apart: every interval of ${counted(all)} differences holds zero.</p>` : html`<dl>${told.map(({ words, markup }) => html`<dt>${words}</dt><dd>${markup}</dd>`)}</dl>`}
</div><div class="answer"><h3>What flips</h3><p>${flipWords(answer)}</p><p>Both policies meet the same luck, path by path. Intervals hold one by one; <b>firm</b> marks what also remains when all ${counted(tests)} tests are counted (Holm).</p></div></div>`
}

function flipWords({ flipping, paths }: CompareAnswer): string {
  if (flipping === 0) return `No path of ${counted(paths)} fails under one policy only.`
  return `${counted(flipping)} of ${counted(paths)} paths meet some failure under one policy only.`
}

interface ToldApart {
  readonly words: string
  readonly markup: Markup
}

function toldApart({ events, amounts }: CompareAnswer): ToldApart[] {
  const isTold = ({ difference }: EventDifference | AmountStatistic): boolean =>
    difference.verdict === 'better' || difference.verdict === 'worse'
  return [
    ...events.filter(isTold).map((event) => ({
      words: event.meaning,
      markup: html`<b>${percent(event.first.probability)} → ${percent(event.second.probability)}</b>: ${differenceMarkup(event, differenceScale(shares))}`,
    })),
    ...amounts.flatMap((amount) =>
      amount.statistics
        .filter((one) => isShown(one) && isTold(one))
        .map((one) => ({
          words: `${amount.meaning}, ${statisticText(one)}`,
          markup: html`<b>${withUnit(one.first.value, scaleOfAmount(amount))} → ${withUnit(one.second.value, scaleOfAmount(amount))}</b>: ${differenceMarkup(one, differenceScale(scaleOfAmount(amount)))}`,
        })),
    ),
  ]
}

function differenceMarkup({ difference }: EventDifference | AmountStatistic, scale: Scale): Markup {
  const { value, interval, smallest } = sayDifference(difference, scale)
  const { verdict, remains } = difference
  const seen = verdict === 'undecided' && smallest !== null ? `; from ${smallest} on they would have been` : ''
  const why = interval === 'unbounded' ? 'unbounded, too few paths' : interval
  return html`<span class="stated"><b>${value}\u00a0${scale.unit}</b> <span class="interval">${why}</span> <span class="basis">${verdictText(difference)}${seen}${remains ? ', firm' : ''}</span></span>`
}

export function compareSections(answer: CompareAnswer, drawing: Drawing): readonly Section[] {
  return [changesSection(answer), eventsSection(answer, drawing), amountsSection(answer), flipsSection(answer, drawing)]
}

function changesSection({ changes, first, second }: CompareAnswer): Section {
  const cell = (value: number | string | null): string => (value === null ? 'not there' : String(value))
  return {
    id: 'changes',
    title: 'What differs between the two',
    body: html`<p>A is ${first}; B is ${second}. Everything else, the luck too, is the same.</p>
${tableMarkup(
  [{ name: 'what' }, { name: 'under A', isNumber: true }, { name: 'under B', isNumber: true }, { name: 'unit' }],
  changes.map((c) => [
    html`${c.meaning}<small><code>${c.name}</code></small>`,
    cell(c.first),
    cell(c.second),
    c.unit === 'text' ? '' : c.unit,
  ]),
)}`,
  }
}

function eventsSection(answer: CompareAnswer, drawing: Drawing): Section {
  const scale = differenceScale(shares)
  const { confidence, power, tests, events } = answer
  return {
    id: 'events',
    title: 'Failures',
    body: html`${drawing.place(eventDifferencesFigure(answer), 'No failure is asked of these runs.')}
${tableMarkup(
  [
    { name: 'failure' },
    { name: 'A', isNumber: true },
    { name: 'B', isNumber: true },
    { name: 'paths under one only' },
    { name: 'B − A', isNumber: true },
  ],
  events.map((event) => [
    html`${event.meaning}<small><code>${event.name}</code></small>`,
    percent(event.first.probability),
    percent(event.second.probability),
    `${counted(event.onlyFirst)} under A, ${counted(event.onlySecond)} under B`,
    differenceMarkup(event, scale),
  ]),
)}
<p>Intervals are at ${levelText(confidence)}, one by one, from the paths on which the two differ (Clopper-Pearson of how many they are and of how they split; the test is McNemar’s, exact). <b>Firm</b>: remains when all ${counted(tests)} tests of this page are counted (Holm). “Would have been”: a true difference of that size is told apart ${percent(power)} of the time.</p>`,
  }
}

function amountsSection({ amounts, paths, confidence }: CompareAnswer): Section {
  const moved = amounts.filter(({ differing, statistics }) => differing > 0 && statistics.length > 0)
  const still = amounts.filter(({ differing }) => differing === 0).map(({ name }) => name)
  const infinite = amounts.filter((one) => one.infinite > 0)
  return {
    id: 'amounts',
    title: 'Amounts',
    body: html`${tableMarkup(
      [
        { name: 'amount' },
        { name: 'statistic' },
        { name: 'A', isNumber: true },
        { name: 'B', isNumber: true },
        { name: 'B − A', isNumber: true },
      ],
      moved.flatMap((amount) => amountRows(amount, paths)),
    )}
${still.length > 0 ? html`<p>The same on every path: ${still.join(', ')}; ${unseenText(paths, confidence)}.</p>` : null}
${infinite.map(({ name, infinite: count }) => html`<p>${name} has no finite value on ${counted(count)} paths; it is not compared.</p>`)}
<p>Means: Student’s interval of the paired differences. Levels count from the good end to the bad one; ES is the mean of the worst paths. Quantiles: bootstrap over pairs; ranks where fewer than 50 paths differ. ES: paired influence, corrected for skewness. Fewer than 10 tail paths, or 10 that are moved unlike the others, give no interval. All levels stand in differences.parquet.</p>`,
  }
}

function amountRows(amount: AmountDifference, paths: number): (readonly (Markup | string)[])[] {
  const scale = scaleOfAmount(amount)
  return amount.statistics
    .filter(isShown)
    .map((one, i) => [
      i > 0
        ? ''
        : html`${amount.meaning}<small><code>${amount.name}</code>, differs on ${counted(amount.differing)} of ${counted(paths)} paths</small>`,
      html`${statisticText(one)}${one.enough ? '' : html` <span class="indication">indication</span>`}`,
      withUnit(one.first.value, scale),
      withUnit(one.second.value, scale),
      differenceMarkup(one, differenceScale(scale)),
    ])
}

function flipsSection(answer: CompareAnswer, drawing: Drawing): Section {
  const { told, start } = answer
  return {
    id: 'flips',
    title: 'Paths that flip, and why',
    body: html`<p>${flipWords(answer)} All of them stand in flips.parquet.</p>
${told.length > 0 ? html`<p>These were simulated again alone under both policies. Courses have parted when they differ by a tenth of the range that both cover.</p>` : null}
${told.map(
  (one, i) => html`<article class="story" id="flip-${one.path}">
<p class="kicker"><b>Path ${counted(one.path)}</b> · ${one.decided.map(decidedText).join(' ')}</p>
${drawing.place(coursesFigure(one, i + 1, start), 'No column that is told parts.')}
<ol class="events">${whyLines(one).map(([head, text]) => html`<li><time>${head}</time><span>${text}</span></li>\n`)}</ol>
</article>
`,
)}`,
  }
}

/** 'depeg_2pct_24h only under B: lowest 24-hour average price of AID 0.9712 USD, under A 0.9904.' */
export function decidedText({ event, under, meaning, unit, first, second }: Decided): string {
  const scale = scaleOf(unit, Math.max(Math.abs(first), Math.abs(second)))
  const [one, two] = pairText(first, second, scale)
  const words = meaning.charAt(0).toLowerCase() + meaning.slice(1)
  const happening = /^1 when /
  // a column of ones and zeros: its meaning is the sentence
  if (happening.test(meaning)) {
    const [name, other] = under === 'first' ? ['A', 'B'] : ['B', 'A']
    return `${event} only under ${name}: ${meaning.replace(happening, '')}; not under ${other}.`
  }
  const [here, name, there, other] = under === 'first' ? [one, 'A', two, 'B'] : [two, 'B', one, 'A']
  return `${event} only under ${name}: ${words} ${here}\u00a0${scale.unit}, under ${other} ${there}.`
}

/** Where the courses part, then what is told of one and not of the other: a head and a sentence each. */
export function whyLines({ partings, story }: ToldFlip): readonly (readonly [string, string])[] {
  const day = (value: number): string => `day ${counted(value)}`
  return [
    ...partings.map((p) => {
      const scale = scaleOf(p.unit, Math.max(Math.abs(p.first), Math.abs(p.second)))
      const [one, two] = pairText(p.first, p.second, scale)
      const name = shortName({ name: p.column, unit: p.unit, meaning: p.meaning })
      return [day(p.day), `${name}: ${one} under A, ${two} under B (${scale.unit}).`] as const
    }),
    ...story.onlyFirst.map((event) => [`${day(event.day)}, only A`, event.text] as const),
    ...story.onlySecond.map((event) => [`${day(event.day)}, only B`, event.text] as const),
    ...story.moved.map((event) => [`${day(event.first)} → ${counted(event.second)}`, event.text] as const),
  ]
}

export const compareParts: StudyParts<CompareAnswer> = { summary: compareSummary, sections: compareSections }
