/** A reverse stress test as text of at most 80 columns a line where names allow it. */
import pc from 'picocolors'
import {
  agreementWords,
  checkWords,
  countWords,
  criticalIntervalWords,
  criticalWords,
  distanceWords,
  evidenceWords,
  failingWords,
  indicationWords,
  leadWords,
  pairWords,
  pointWords,
  probabilityWords,
  rareKindsWords,
  reproductionWords,
  seenWords,
  stressWords,
  verdictAtLargest,
} from '../../reports/studies/reverseWords.ts'
import type { LeverAnswer, ModeAnswer, ReverseAnswer } from '../studies/reverse/answer.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function reverseTable(answer: ReverseAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = [
    wrapped(leadWords(answer)),
    modesText(answer, bold),
    ...answer.modes.map((mode) => modeText(mode, answer, bold)),
    wrapped(rareKindsWords(answer)),
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
  const points = modes.some(({ point }) => point !== null)
  const rows = modes.map(({ label, probability, point, distinct }) => [
    label,
    evidenceWords(probability),
    probabilityWords(probability, answer),
    ...(points ? [point === null ? 'none' : distanceWords(point), point === null ? '' : String(point.rank)] : []),
    distinct ? '' : 'not distinct',
  ])
  const head = ['', 'paths', 'probability', ...(points ? ['distance', 'rank'] : []), '']
  return textTable(head, rows, points ? [1, 2, 3, 4] : [1, 2], bold)
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

function leversText({ levers }: ReverseAnswer, bold: Paint): string {
  if (levers.length === 0) return ''
  const without = (verdict: ReturnType<typeof verdictAtLargest>): readonly LeverAnswer[] =>
    levers.filter((lever) => lever.size === null && verdictAtLargest(lever) === verdict)
  const breaking = levers.filter((lever) => lever.size !== null || verdictAtLargest(lever) === 'above')
  const width = Math.max(...levers.map(({ name }) => name.length)) + 2
  const head = (name: string): string => name.padEnd(width)
  const told = breaking.map((lever) => {
    const clauses = [`${criticalWords(lever)}: ${lever.words}`, failingWords(lever), seenWords(lever)]
    return wrapped(`${clauses.filter((words) => words !== '').join('; ')}.`, head(lever.name))
  })
  const untold = without('untold').map((lever) => wrapped(`${lever.words}: ${failingWords(lever)}.`, head(lever.name)))
  const others = without('below').map((lever) =>
    wrapped(`${lever.words}: ${countWords(lever.largest.failing)} fail.`, head(lever.name)),
  )
  return [
    wrapped(stressWords),
    ...(told.length > 0 ? ['', bold('Smallest single stress at which half of all paths fail, or more'), ...told] : []),
    ...(untold.length > 0
      ? ['', bold('Cannot be told: half of all paths may fail at the largest size'), ...untold]
      : []),
    ...(others.length > 0 ? ['', bold('Not even at the largest size'), ...others] : []),
  ].join('\n')
}

function pairsText({ pairs }: ReverseAnswer, bold: Paint): string {
  if (pairs.length === 0) return ''
  return [bold('Together'), ...pairs.map((pair) => wrapped(pairWords(pair), '  '))].join('\n')
}

function notes(answer: ReverseAnswer): string[] {
  const { controls, modes, check } = answer
  const about = [
    'Distance of the design point: how far the centre of the luck must be moved, in standard deviations, until half of the paths fail; rank 1 is the likeliest.',
    `Clauses of a mode are medians over its failing paths up to the failure, told where they are worse than on four of five plain paths (${controls} looked at).`,
  ]
  if (modes.length === 0) about.length = 0
  else if (modes.every(({ point }) => point === null)) about.shift()
  if (check !== null) about.push(agreementWords(answer))
  if (answer.levers.some(({ size }) => size !== null)) about.push(criticalIntervalWords(answer))
  const indication = indicationWords(answer)
  if (indication !== null) about.unshift(indication)
  return about
}
