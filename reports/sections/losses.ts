/** How large losses are, with their tail, and who bears them. */

import { explorerMarkup } from '../explorer/explorer.ts'
import { bearersFigure } from '../figures/bearers.ts'
import { lossHistogramFigure } from '../figures/lossHistogram.ts'
import { exceedanceFigure } from '../figures/lossTail.ts'
import { html } from '../html.ts'
import type { Desk, Section } from '../section.ts'

export function lossSection(desk: Desk, hasExplorer: boolean): Section {
  const { reading } = desk
  return {
    id: 'losses',
    title: 'Losses and their tail',
    body: html`${desk.place(lossHistogramFigure(reading, 'saidLoss'), 'The run keeps no loss to sAID.')}
${desk.place(
  exceedanceFigure(
    reading,
    [
      { name: 'saidLoss', label: 'deepest fall on the way' },
      { name: 'saidFinalLoss', label: 'held from start to end' },
    ],
    {
      id: 'loss-tail',
      question: 'How fast does the tail of the loss thin out?',
      title: 'Probability of losing more than a given share of sAID',
      notes: ['A straight line on this scale is an exponential tail; a curve that bends to the right is heavier.'],
    },
  ),
  'The run keeps no loss to sAID.',
)}
${explorerMarkup(desk, hasExplorer)}`,
  }
}

export function bearerSection(desk: Desk): Section {
  return {
    id: 'bearers',
    title: 'Who bears the losses',
    body: html`${desk.place(bearersFigure(desk.reading), 'The run does not keep who bore which loss.')}`,
  }
}
