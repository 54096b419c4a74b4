/** Fans over time: price and coverage first, then what stands behind them. */

import { inStoryOrder } from '../columns.ts'
import { fanFigure, smallFansFigure } from '../figures/fan.ts'
import { html, type Markup } from '../html.ts'
import { statedProbability } from '../numbers.ts'
import type { Desk, Section } from '../section.ts'
import { liquidityColumns } from './liquidity.ts'

export function pegSection(desk: Desk): Section {
  const { reading } = desk
  const depeg = reading.event('depeg_2pct_24h')
  const shortfall = reading.event('reserveShortfall')
  const priceColumn = reading.fan('signals.aidPrice') ? 'signals.aidPrice' : 'outcomes.lowestPriceOfDay'
  const isLowest = priceColumn === 'outcomes.lowestPriceOfDay'
  return {
    id: 'peg',
    title: 'Peg and coverage',
    body: html`${desk.place(
      fanFigure(reading, priceColumn, {
        id: 'peg',
        question: 'How far does AID stray from a dollar?',
        title: depeg
          ? `${depeg.metric.meaning}: ${sentence(statedProbability(depeg.headline))}`
          : 'The price of AID through the run',
        measure: isLowest ? 'Lowest price of AID in the day' : 'Price of AID',
        reference: { value: 1, text: 'par' },
        notes: [
          'Each line joins quantiles of single days: no path follows it. Short falls of different paths on different days hardly show here; they do in the probabilities above.',
        ],
      }),
      'The run did not record the price of AID day by day.',
    )}
${desk.place(
  fanFigure(reading, 'signals.coverage', {
    id: 'coverage',
    question: 'Is AID always covered?',
    title: shortfall
      ? `${shortfall.metric.meaning.split(':')[0]}: ${sentence(statedProbability(shortfall.headline))}`
      : 'The coverage of AID through the run',
    measure: 'Coverage of AID: what covers it over what may claim it',
    reference: { value: 1, text: 'fully covered' },
  }),
  'The run did not record coverage day by day.',
)}
${otherFans(desk, priceColumn)}`,
  }
}

/** Everything else that was recorded and has no place of its own. */
function otherFans(desk: Desk, priceColumn: string): Markup {
  const shown = new Set([
    priceColumn,
    'signals.aidPrice',
    'outcomes.lowestPriceOfDay',
    'signals.coverage',
    ...liquidityColumns,
  ])
  const rest = inStoryOrder(desk.reading.record.fans).filter((fan) => !shown.has(fan.name))
  return desk.place(
    smallFansFigure(
      desk.reading,
      rest.map((fan) => fan.name),
      { id: 'economy', question: 'What moves behind the peg?', title: 'The rest of the economy through the run' },
    ),
    'The run recorded nothing else day by day.',
  )
}

function sentence(number: { value: string; interval: string; basis: string }): string {
  return `${number.value} (${number.interval}; ${number.basis})`
}
