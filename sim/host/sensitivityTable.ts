/** A study of sensitivity as text of at most 80 columns a line where names allow it. */
import pc from 'picocolors'
import { noSharesWords } from '../../reports/studies/sensitivity.ts'
import {
  bareInterval,
  changeScale,
  changeWords,
  dialValue,
  dummyWords,
  indexInterval,
  indexWords,
  leadersWords,
  rankWords,
  sizeWords,
  statisticWords,
} from '../../reports/studies/sensitivityWords.ts'
import type { SensitivityAnswer, SensitivityOfMetric } from '../studies/sensitivity/answer.ts'
import { plainSpaces, textTable } from './textTable.ts'

type Paint = (text: string) => string

export function sensitivityTable(answer: SensitivityAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const parts = answer.metrics.flatMap((metric) => [
    `${bold(`${metric.name} (${statisticWords(metric.statistic)})`)}: ${metric.meaning}`,
    tornadoText(answer, metric, bold),
    morrisText(metric, bold),
    sobolText(metric, bold),
    [leadersWords(metric), dummyWords(metric)].filter((words) => words !== '').join('\n'),
  ])
  return plainSpaces([...parts, dim(notes(answer).join('\n'))].filter((part) => part !== '').join('\n\n'))
}

function tornadoText(answer: SensitivityAnswer, metric: SensitivityOfMetric, bold: Paint): string {
  if (!metric.tornado) return ''
  const scale = changeScale(metric)
  const rows = metric.tornado.bars.flatMap(({ dial, low, high }) =>
    [low, high].map(({ at, change }, end) => [
      end === 0 ? dial : '',
      dialValue(answer.dials, dial, at),
      changeWords(change, scale),
      bareInterval(change, scale),
    ]),
  )
  return textTable(['One dial at a time', 'at', `change, ${scale.unit}`, '95 % interval'], rows, [1, 2, 3], bold)
}

function morrisText(metric: SensitivityOfMetric, bold: Paint): string {
  if (!metric.morris) return ''
  const scale = changeScale(metric)
  const rows = [...metric.morris.dials, metric.morris.dummy].map(({ dial, rank, muStar, sigma }) => [
    dial,
    rankWords(rank, muStar),
    sizeWords(muStar, scale),
    bareInterval(muStar, scale),
    sizeWords(sigma, scale),
  ])
  return textTable(['Screening', 'rank', `mu*, ${scale.unit}`, '95 % interval', 'sigma'], rows, [2, 3, 4], bold)
}

function sobolText(metric: SensitivityOfMetric, bold: Paint): string {
  const { sobol } = metric
  if (!sobol) return ''
  if (!sobol.dummy) return noSharesWords(metric)
  const rows = [...sobol.dials, sobol.dummy].map(({ dial, rank, first, total }) => [
    dial,
    rankWords(rank, total),
    indexWords(first),
    indexInterval(first),
    indexWords(total),
    indexInterval(total),
  ])
  return textTable(
    ['Shares of variance', 'rank', 'first', '95 % interval', 'total', '95 % interval'],
    rows,
    [2, 3, 4, 5],
    bold,
  )
}

function notes({ kept, dials, design }: SensitivityAnswer): string[] {
  return [
    'mu*: mean magnitude of the effect over the whole range of a dial; sigma: how it differs from place to place.',
    ...(design.methods.includes('sobol')
      ? [
          'Shares: of the variance of the expectation over the box, noise taken out; first: alone, total: with the others.',
        ]
      : []),
    ...(kept.length > 0 && kept.length < dials.length
      ? [`Shares are of ${kept.join(', ')}; the other dials stay as the scenario has them.`]
      : []),
    'Dials whose intervals overlap are not ranked against each other.',
  ]
}
