/** A study of a tail as text of at most 80 columns a line. */
import pc from 'picocolors'
import { counted } from '../../reports/format.ts'
import {
  estimateWords,
  gainWords,
  intervalWords,
  leadWords,
  paceRatio,
  pathsNeeded,
  precisionWords,
  surest,
  tailScale,
  timeRatio,
  verdictWords,
  weightWords,
} from '../../reports/studies/tailsWords.ts'
import type { Pace } from '../studies/study.ts'
import type { TailsAnswer } from '../studies/tails/answer.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function tailsTable(answer: TailsAnswer, paces: readonly Pace[], colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const best = surest(answer)
  const notes = [
    best.weights === null ? '' : `${best.method}: ${weightWords(best)}.`,
    'A gain is how much less time the method needs for the same error: variance × processor seconds of a path, plain over method, for the tail and for the mean of the metric; its interval is for the variances.',
    `To ±${100 * answer.precision} % at ${100 * answer.confidence} %: paths by each method’s own variance, pilot included, and times faster than plain simulation.`,
  ].filter((note) => note !== '')
  return plainSpaces(
    [
      wrapped(leadWords(answer)),
      estimates(answer, bold),
      gains(answer, paces, bold),
      needs(answer, paces, bold),
      dim(notes.map((note) => wrapped(note)).join('\n')),
    ].join('\n\n'),
  )
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

function gains(answer: TailsAnswer, paces: readonly Pace[], bold: Paint): string {
  const rows = answer.methods.map((m) => {
    const ratio = paceRatio(paces, m.method)
    const pace = paces.find(({ method }) => method === m.method)
    return [
      m.method,
      pace === undefined ? 'unknown' : (1000 * pace.seconds).toFixed(1),
      gainWords(m.gainPerPath, ratio),
      m.method === 'plain' ? '' : verdictWords(m.gainPerPath, ratio),
      gainWords(m.meanGainPerPath, ratio),
    ]
  })
  return textTable(['Gain per second', 'ms a path', 'tail', '', 'mean'], rows, [1, 2, 4], bold)
}

function needs(answer: TailsAnswer, paces: readonly Pace[], bold: Paint): string {
  const rows = answer.methods.map((m) => {
    const paths = pathsNeeded(answer, m)
    const ratio = timeRatio(answer, m, paces)
    return [
      m.method,
      m.pilotPaths === 0 ? '' : counted(m.pilotPaths),
      paths === null ? 'unknown' : counted(paths),
      ratio === null ? 'unknown' : String(Number(ratio.toPrecision(2))),
    ]
  })
  return textTable([`To ±${100 * answer.precision} %`, 'pilot', 'paths, all in', 'times faster'], rows, [1, 2, 3], bold)
}
