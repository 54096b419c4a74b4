/** A study of a tail as text of at most 80 columns a line. */
import pc from 'picocolors'
import { counted } from '../../reports/format.ts'
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
} from '../../reports/studies/tailsWords.ts'
import type { Pace } from '../studies/study.ts'
import type { Interval, TailsAnswer } from '../studies/tails/answer.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function tailsTable(answer: TailsAnswer, paces: readonly Pace[], colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const best = surest(answer)
  const notes = [
    best.weights === null ? '' : `${best.method}: ${weightWords(best)}.`,
    replicationWords(best),
    'A gain is how much less time the method needs for the same error: variance × processor seconds of a path, plain over method, for the tail and for the mean over all paths; its interval is for the variances and the times, and holds by itself. Unclear: the interval holds 1.',
    `Paths to ±${briefPercent(answer.precision)} at ${briefPercent(answer.confidence)} confidence are by each method’s own variance; before them stand those of its pilot and those that set their number, which have no part in the estimate.`,
  ].filter((note) => note !== '')
  return plainSpaces(
    [
      wrapped(leadWords(answer, paces)),
      estimates(answer, bold),
      needs(answer, paces, bold),
      gains(answer, paces, bold),
      meanGains(answer, paces, bold),
      dim(notes.map((note) => wrapped(note)).join('\n')),
    ].join('\n\n'),
  )
}

/** A table with numbers of many digits has no place for more. */
function shortVerdict(gain: Interval | null): string {
  const words = verdictWords(gain)
  return words === '' || words === 'faster' || words === 'slower' ? words : 'unclear'
}

function estimates(answer: TailsAnswer, bold: Paint): string {
  const scale = tailScale(answer)
  const rows = answer.methods.map((m) => [
    m.method,
    counted(m.paths),
    estimateWords(m.estimate, scale),
    intervalWords(m.estimate, scale),
    precisionWords(m.estimate),
    counted(Math.floor(m.tailPaths)),
  ])
  return textTable(['Tail', 'paths', 'estimate', 'interval', '', 'in tail'], rows, [1, 2, 3, 4, 5], bold)
}

function needs(answer: TailsAnswer, paces: readonly Pace[], bold: Paint): string {
  const rows = answer.methods.map((m) => {
    const paths = pathsNeeded(answer, m)
    const speed = speedOf(m, paces, answer)
    return [
      m.method,
      m.pilotPaths === 0 ? '' : counted(m.pilotPaths),
      paths === null ? 'unknown' : neededWords({ value: paths, lower: null, upper: null }),
      m.method === 'plain' ? '1' : gainWords(speed),
      m.method === 'plain' ? '' : shortVerdict(speed),
    ]
  })
  const head = [`To ±${briefPercent(answer.precision)}`, 'before', 'all paths', 'times as fast', '']
  return textTable(head, rows, [1, 2, 3], bold)
}

function gains(answer: TailsAnswer, paces: readonly Pace[], bold: Paint): string {
  const rows = answer.methods.map((m) => {
    const gain = (a: Interval | null) => perSecond(a, m.method, paces, answer.confidence)
    const pace = paces.find(({ method }) => method === m.method)
    return [
      m.method,
      pace === undefined ? 'unknown' : (1000 * pace.seconds).toFixed(1),
      gainWords(gain(m.gainPerPath)),
      m.method === 'plain' ? '' : shortVerdict(gain(m.gainPerPath)),
    ]
  })
  return textTable(['Gain per second, tail', 'ms a path', 'gain', ''], rows, [1, 2], bold)
}

function meanGains(answer: TailsAnswer, paces: readonly Pace[], bold: Paint): string {
  const rows = answer.methods.map((m) => {
    const gain = (a: Interval | null) => perSecond(a, m.method, paces, answer.confidence)
    const verdict = m.method === 'plain' ? '' : shortVerdict(gain(m.meanGainPerPath))
    return [m.method, gainWords(gain(m.meanGainPerPath)), verdict]
  })
  return textTable(['Gain per second, mean', 'gain', ''], rows, [1], bold)
}
