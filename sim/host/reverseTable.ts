/** A reverse stress test as text of at most 80 columns a line where names allow it. */
import pc from 'picocolors'
import {
  agreementWords,
  checkWords,
  criticalWords,
  distanceWords,
  evidenceWords,
  indicationWords,
  leadWords,
  pairWords,
  pointWords,
  probabilityWords,
  reproductionWords,
  seenWords,
} from '../../reports/studies/reverseWords.ts'
import type { ModeAnswer, ReverseAnswer } from '../studies/reverse/answer.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function reverseTable(answer: ReverseAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = [
    wrapped(leadWords(answer)),
    modesText(answer, bold),
    ...answer.modes.map((mode) => modeText(mode, answer, bold)),
    rareText(answer),
    leversText(answer, bold),
    pairsText(answer, bold),
    dim(
      notes(answer)
        .map((note) => wrapped(note))
        .join('\n'),
    ),
  ]
  return plainSpaces(parts.filter((part) => part !== '').join('\n\n'))
}

function modesText(answer: ReverseAnswer, bold: Paint): string {
  const { modes } = answer
  if (modes.length === 0) return ''
  const rows = modes.map((mode) => [
    mode.label,
    evidenceWords(mode.probability),
    probabilityWords(mode.probability, answer),
    mode.point === null ? 'none' : distanceWords(mode.point),
    mode.point === null ? '' : String(mode.point.rank),
    mode.distinct ? '' : 'as another',
  ])
  return textTable(['', 'paths', 'probability', 'distance of its point', 'rank', ''], rows, [1, 2, 3, 4], bold)
}

function modeText(mode: ModeAnswer, answer: ReverseAnswer, bold: Paint): string {
  const { reproduction } = mode
  const days = mode.timeline.map(({ day, words }) => `day ${Math.round(day)} ${words}`)
  const lines = [
    bold(wrapped(`${mode.label}  ${mode.title}`)),
    wrapped(mode.narration, '   '),
    days.length === 0 ? '' : wrapped(`Typical course: ${days.join('; ')}.`, '   '),
    wrapped(pointWords(mode), '   '),
    wrapped(checkWords(mode, answer), '   '),
  ]
  if (reproduction) {
    lines.push(
      wrapped(reproductionWords(reproduction), '   '),
      ...reproduction.yaml
        .trimEnd()
        .split('\n')
        .map((line) => `     ${line}`),
    )
  }
  return lines.filter((line) => line !== '').join('\n')
}

function rareText({ rare }: ReverseAnswer): string {
  if (rare.length === 0) return ''
  return wrapped(`Too few paths to tell: ${rare.map(({ cause, paths }) => `${cause} (${paths})`).join('; ')}.`)
}

function leversText({ levers }: ReverseAnswer, bold: Paint): string {
  if (levers.length === 0) return ''
  const rows = levers.map((lever) => [lever.name, criticalWords(lever), seenWords(lever)])
  return textTable(['Smallest order that breaks it', 'half of all paths fail at', 'by itself'], rows, [], bold)
}

function pairsText({ pairs }: ReverseAnswer, bold: Paint): string {
  if (pairs.length === 0) return ''
  return [bold('Together'), ...pairs.map((pair) => wrapped(pairWords(pair), '  '))].join('\n')
}

function notes(answer: ReverseAnswer): string[] {
  const { controls, modes, levers, check } = answer
  const about = [
    'Distance: how far the centre of the luck must be moved, in standard deviations, until half of the paths fail; rank 1 is the likeliest.',
    `Clauses of a mode are medians over its failing paths up to the failure, told where they are worse than on four of five plain paths (${controls} looked at).`,
  ]
  if (modes.length === 0) about.length = 0
  if (check !== null) about.push(agreementWords(answer))
  const indication = indicationWords(answer)
  if (indication !== null) about.unshift(indication)
  if (levers.length > 0)
    about.push('Orders begin after the first month, all else being ordinary luck; shares are of 1, so 0.4 is 40 %.')
  return about
}
