/** The report of a comparison: what differs, how surely, what these paths could not see, and why paths flip. */
import type { CompareAnswer, Decided, ToldFlip } from '../../sim/studies/compare/compare.ts'
import type { AmountDifference, AmountStatistic, EventDifference } from '../../sim/studies/compare/differences.ts'
import { shortName } from '../columns.ts'
import { capital, dialTitle, lowered } from '../dialWords.ts'
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
import { byShare, isTiny, isTold, leadingStatistic, leadWords, tinyWords } from './compareWords.ts'

/** The answer in a sentence or two; then every outcome that is told apart, the larger difference first. */
export function compareSummary(answer: CompareAnswer): Markup {
  const { first, second, tests } = answer
  const told = toldApart(answer)
  return html`<p class="lead">${leadWords(answer)}</p>
<div class="answers">${
    told.length > 0 &&
    html`<div class="answer"><h3>What is told apart</h3><dl>${told.map(({ words, markup }) => html`<dt>${words}</dt><dd>${markup}</dd>`)}</dl></div>`
  }<div class="answer"><h3>A is ${first}. B is ${second}.</h3><p>${flipWords(answer)}</p><p>Both policies meet the same luck, path by path. Intervals are of 95 % and hold one by one; <b>firm</b> marks what also remains when all ${counted(tests)} tests are counted (Holm).</p></div></div>`
}

function flipWords({ flipping, paths }: CompareAnswer): string {
  if (flipping === 0) return `No path of ${counted(paths)} fails under one policy only.`
  const verb = flipping === 1 ? 'meets' : 'meet'
  return `${counted(flipping)} of ${counted(paths)} paths ${verb} some failure under one policy only.`
}

interface ToldApart {
  readonly words: string
  readonly markup: Markup
}

/** One statistic an outcome; the others stand in the tables of the page. */
function toldApart({ events, amounts }: CompareAnswer): ToldApart[] {
  return [
    ...events.filter(isTold).map((event) => ({
      words: event.meaning,
      markup: html`<b>${percent(event.first.probability)} → ${percent(event.second.probability)}</b> ${differenceMarkup(event, differenceScale(shares))}`,
    })),
    ...byShare(amounts).flatMap((amount) => {
      const one = leadingStatistic(amount)
      if (one === undefined || isTiny(amount)) return []
      const scale = scaleOfAmount(amount)
      const [before, after] = pairText(one.first.value, one.second.value, scale)
      const values = html`<b>${before} → ${after}\u00a0${scale.unit}</b>`
      return [
        {
          words: `${amount.meaning}, ${statisticText(one)}`,
          markup: html`${values} ${differenceMarkup(one, differenceScale(scale))}`,
        },
      ]
    }),
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
  const cell = (value: number | string | null): string =>
    value === null ? 'not there' : typeof value === 'number' && value >= 1e4 ? counted(value) : String(value)
  return {
    id: 'changes',
    title: 'What differs between the two',
    body: html`<p>A is ${first}; B is ${second}. Everything else, the luck too, is the same.</p>
${tableMarkup(
  [{ name: 'what' }, { name: 'under A', isNumber: true }, { name: 'under B', isNumber: true }, { name: 'unit' }],
  changes.map((c) => [
    html`${capital(dialTitle(c))}<small>${c.meaning} <code>${c.name}</code></small>`,
    cell(c.first),
    cell(c.second),
    ['text', '1', 'code'].includes(c.unit) ? '' : c.unit,
  ]),
  'stack',
)}`,
  }
}

function eventsSection(answer: CompareAnswer, drawing: Drawing): Section {
  const scale = differenceScale(shares)
  const { confidence, power, tests, events } = answer
  return {
    id: 'events',
    title: 'Failures',
    body: html`${drawing.place(eventDifferencesFigure(answer), events.length === 0 ? 'No failure is asked of these runs.' : 'Every failure is the same on every path.')}
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
  'stack',
)}
<p>Intervals are at ${levelText(confidence)}, one by one, from the paths on which the two differ (Clopper-Pearson of how many they are and of how they split; the test is McNemar’s, exact). <b>Firm</b>: remains when all ${counted(tests)} tests of this page are counted (Holm). “Would have been”: a true difference of that size is told apart ${percent(power)} of the time.</p>`,
  }
}

function amountsSection({ amounts, paths, confidence }: CompareAnswer): Section {
  const moved = amounts.filter(({ differing, statistics }) => differing > 0 && statistics.length > 0)
  const tiny = moved.filter(isTiny)
  const still = amounts.filter(({ differing }) => differing === 0)
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
      byShare(moved.filter((one) => !isTiny(one))).flatMap((amount) => amountRows(amount, paths)),
      'stack',
    )}
${tiny.length > 0 ? html`<p>These are ${tinyWords}: ${meanings(tiny)}.</p>` : null}
${still.length > 0 ? html`<p>The same on every path: ${meanings(still)}; ${unseenText(paths, confidence)}.</p>` : null}
${infinite.map(({ meaning, infinite: count }) => html`<p>${meaning}: no finite value on ${counted(count)} paths; not compared.</p>`)}
<p>Means: Student’s interval of the paired differences. Levels count from the good end to the bad one: 99 % is exceeded for the worse on one path of a hundred; ES 97.5 % is the mean of the worst 2.5 % of paths. Quantiles: bootstrap over pairs; ranks where fewer than 50 paths differ. ES: paired influence, corrected for skewness. Fewer than 10 tail paths, or 10 that are moved unlike the others, give no interval. All levels stand in differences.parquet.</p>`,
  }
}

function meanings(amounts: readonly AmountDifference[]): string {
  return amounts.map(({ meaning }) => lowered(meaning)).join('; ')
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
<details><summary>Replay it</summary><pre>${replayText(one)}</pre></details>
</article>
`,
)}`,
  }
}

function replayText({ replay }: ToldFlip): string {
  return [`# under A`, ...replay.first, `# under B`, ...replay.second].join('\n')
}

/** 'Only under B: the 24-hour average price of AID falls below 0.98 dollars (lowest 24-hour average price of AID: 0.9712 USD, under A 0.9904).' */
export function decidedText({ happens, under, unit, meaning, first, second }: Decided): string {
  const name = under === 'first' ? 'A' : 'B'
  const head = `Only under ${name}: ${lowered(happens)}`
  // a column of ones and zeros says no more than the event
  if (/^1 when /.test(meaning)) return `${head}.`
  const scale = scaleOf(unit, Math.max(Math.abs(first), Math.abs(second)))
  const [one, two] = pairText(first, second, scale)
  const [here, there, other] = under === 'first' ? [one, two, 'B'] : [two, one, 'A']
  const [measured] = meaning.split(/[,;]/)
  return `${head} (${lowered(measured)}: ${here}\u00a0${scale.unit}, under ${other} ${there}).`
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
