/** The report of a study of a tail: what it is, by every way of simulating it, and what each way gains. */
import type { Steering } from '../../sim/kernel/steering.ts'
import type { Pace } from '../../sim/studies/study.ts'
import type { Interval, MethodAnswer, TailsAnswer } from '../../sim/studies/tails/answer.ts'
import { capital } from '../dialWords.ts'
import { tailEstimatesFigure } from '../figures/tailEstimates.ts'
import { counted } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import {
  briefPercent,
  estimateWords,
  gainWords,
  intervalWords,
  leadWords,
  neededWords,
  pathsNeeded,
  perSecond,
  precisionWords,
  replicationWords,
  speedOf,
  surest,
  tailScale,
  verdictWords,
  weightWords,
} from './tailsWords.ts'

export const tailsParts: StudyParts<TailsAnswer> = {
  summary: (answer, { timing }) => tailsSummary(answer, timing.paces ?? []),
  sections: (answer, drawing, { timing }) => tailsSections(answer, drawing, timing.paces ?? []),
}

/** The tail in plain words, and whether the weights behind it can be believed. */
export function tailsSummary(answer: TailsAnswer, paces: readonly Pace[]): Markup {
  const best = surest(answer)
  const weights = weightWords(best)
  const replications = replicationWords(best)
  return html`<p>${leadWords(answer, paces)}</p>${weights === '' ? null : html`<p>Its weights: ${weights}.</p>`}${replications === '' ? null : html`<p>${replications}</p>`}`
}

export function tailsSections(answer: TailsAnswer, drawing: Drawing, paces: readonly Pace[]): readonly Section[] {
  return [estimateSection(answer, drawing), gainSection(answer, paces), pilotSection(answer), methodSection(answer)]
}

function estimateSection(answer: TailsAnswer, drawing: Drawing): Section {
  const scale = tailScale(answer)
  const rows = answer.methods.map((m) => [
    html`<b>${m.method}</b>`,
    counted(m.paths),
    estimateWords(m.estimate, scale),
    intervalWords(m.estimate, scale),
    precisionWords(m.estimate),
    `${counted(Math.floor(m.tailPaths))}${m.tailPaths < answer.enoughTailPaths ? ' (few)' : ''}`,
  ])
  return {
    id: 'tail',
    title: 'What every way of simulating says of it',
    body: html`${drawing.place(tailEstimatesFigure(answer), 'No path of any method reached the tail.')}
${tableMarkup([...named(['method']), ...numbers(['paths', 'estimate', `${briefPercent(answer.confidence)} interval`, 'half of it', 'tail paths'])], rows, 'stack')}
<p>Tail paths of weighted methods are as many equal ones as they are worth. A tail number on fewer than ${counted(answer.enoughTailPaths)} of them is an indication, not a result.</p>
<ul>${answer.methods.map((m) => html`<li>${capital(m.method)}: ${m.words}.</li>`)}</ul>`,
  }
}

function gainSection(answer: TailsAnswer, paces: readonly Pace[]): Section {
  const precise = `±${briefPercent(answer.precision)}`
  const rows = answer.methods.map((m) => {
    const gain = (a: Interval | null) => perSecond(a, m.method, paces, answer.confidence)
    const pace = paces.find(({ method }) => method === m.method)
    const needed = pathsNeeded(answer, m)
    const speed = speedOf(m, paces, answer)
    const isPlain = m.method === 'plain'
    return [
      html`<b>${m.method}</b>`,
      needed === null ? 'unknown' : neededWords({ value: needed, lower: null, upper: null }),
      isPlain ? '1' : gainWords(speed),
      isPlain ? '' : verdictWords(speed),
      pace === undefined ? 'not measured' : (1000 * pace.seconds).toFixed(1),
      gainWords(gain(m.gainPerPath)),
      gainWords(gain(m.meanGainPerPath)),
      isPlain ? '' : verdictWords(gain(m.meanGainPerPath)),
    ]
  })
  const columns = [
    'method',
    `paths to ${precise}, all in`,
    'times as fast, all in',
    'against plain',
    'ms a path',
    'gain per second, tail',
    'gain per second, mean',
    'against plain',
  ]
  return {
    id: 'gain',
    title: 'What each way gains against plain simulation',
    body: html`<p>All in are the paths of the pilot and those that set the number of the others, neither of which has a part in the estimate. A gain per second is the variance of a path times its processor time, of plain simulation over the method: how much less time the method needs for the same error, once its pilot is done. Below 1 it loses. Intervals at ${briefPercent(answer.confidence)} are for the error of the variances and of the milliseconds, which were measured in turns on this machine. Each interval holds by itself, not all of them together. The variance of plain paths in the tail is taken from the way that leads the answer: the first of interacting particles, multilevel splitting and importance sampling whose earlier stage promised clearly more paths in the tail than plain simulation has; else from plain paths.</p>
${tableMarkup([...named([columns[0]]), ...numbers(columns.slice(1))], rows, 'stack')}`,
  }
}

function pilotSection(answer: TailsAnswer): Section {
  const rows = answer.pilot.map((stage, i) => [
    String(i + 1),
    counted(stage.paths),
    Number(stage.level.toPrecision(4)).toString(),
    `${counted(stage.worst)} (worth ${stage.effective.toFixed(1)})`,
    briefPercent(stage.inTail),
    `${stage.shifts} and ${stage.chances}`,
  ])
  const columns = ['stage', 'paths', 'worst from', 'worst paths', 'in the tail', 'means moved and ends made likelier']
  const sampled = answer.methods.find(({ steering }) => steering?.mixture !== undefined)
  return {
    id: 'pilot',
    title: 'How the luck was moved',
    body: html`<p>Each stage of the pilot draws from what the one before has learnt, and asks what the luck of its worst paths has in common that ordinary luck has not. The first stage is plain simulation.</p>
${tableMarkup(numbers(columns), rows, 'stack')}
${sampled?.steering ? movedTable(sampled, sampled.steering) : html`<p class="missing">No luck was found that tells bad paths from others; importance sampling was left out.</p>`}`,
  }
}

/** What the newest part of the mixture moves; shifts of one shock are told as their sum in standard deviations of that sum. */
function movedTable(method: MethodAnswer, { mixture = [] }: Steering): Markup {
  const newest = mixture[mixture.length - 1] ?? { paths: 1 }
  const sums = new Map<string, { by: number; days: number }>()
  for (const { shock, index = 0, from, to, by } of newest.shifts ?? []) {
    const days = from === undefined || to === undefined ? 0 : to - from + 1
    const before = sums.get(`${shock} ${index}`) ?? { by: 0, days: 0 }
    sums.set(`${shock} ${index}`, { by: before.by + by * Math.max(1, days), days: before.days + days })
  }
  const shifts = [...sums].map(([shock, { by, days }]) => [
    html`<code>${shock}</code>`,
    days === 0 ? `each draw by ${signed(by)} standard deviations` : courseWords(by / Math.sqrt(days), days),
  ])
  const chances = (newest.chances ?? []).map(({ shock, index = 0, from, to, end, of, becomes }) => [
    html`<code>${shock} ${String(index)}</code>`,
    `its ${end} ${briefPercent(of)} come in ${briefPercent(becomes)} of draws${from === undefined ? '' : `, days ${from} to ${to}`}`,
  ])
  return html`<h3>Where ${method.method} draws its paths from</h3>
<p>Of every ${counted(mixture.reduce((sum, { paths }) => sum + paths, 0))} paths ${counted(newest.paths)} are drawn so, ${counted(mixture[0]?.paths ?? 0)} by plain luck, the others in between; every path is weighed against all of them.</p>
${tableMarkup(named(['shock', 'moved']), [...shifts, ...chances])}`
}

/** A shift may move the course of a shock and leave its sum. */
function courseWords(by: number, days: number): string {
  if (Math.abs(by) < 0.005) return `its course over ${counted(days)} days, its sum unchanged`
  return `${signed(by)} standard deviations of its sum over ${counted(days)} days`
}

const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(2)}`

function methodSection({ confidence }: TailsAnswer): Section {
  return {
    id: 'method',
    title: 'How it was found',
    body: html`<ul>
<li>Importance sampling: cross-entropy (Rubinstein and Kroese 2004) over means of named shocks and the likelihood of their ends; a mixture with plain luck, weighed by the balance heuristic (Owen and Zhou 2000), so that no weight exceeds the paths of a round over those of plain luck. Paths of the pilot, and those whose variance sets how many the estimate takes, are not among those of the estimate, so that its interval is that of a size fixed beforehand.</li>
<li>Interacting particles (Del Moral and Garnier 2005; Carmona, Fouque and Vestal 2009): paths of a replication that are likely to come to the tail are doubled at set days and unlikely ones given up, each weighed by what it stands for, so that estimates are right on average however good the chances are. Multilevel splitting (Bréhier and others 2016): paths are multiplied where they first reach set levels. Of both, only replications are independent, and the interval is over them.</li>
<li>Antithetic pairs: every draw of the second path is the mirror of the first one’s. Control variates: regression on sums and draws of known mean (Lavenberg and Welch 1981). Sobol points: sums over blocks of days through a Brownian bridge, nested uniform scrambling (Owen 1995), Student’s interval over 16 randomisations.</li>
<li>Intervals at ${briefPercent(confidence)}: of the means of independent groups of paths, corrected for skewness where there are many; for a probability by plain paths the exact one of Clopper and Pearson. Of gains: Student’s of the logarithm, by leaving out blocks of paths one at a time (Miller 1968; Shao and Wu 1989), and of the ratio of processor times turn by turn; half-widths of both add in squares.</li>
</ul>`,
  }
}

const named = (names: readonly string[]) => names.map((name) => ({ name }))
const numbers = (names: readonly string[]) => names.map((name) => ({ name, isNumber: true }))
