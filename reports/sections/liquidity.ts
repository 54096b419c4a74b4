/** The exit queue and the liquidity that serves it. */
import { smallFansFigure } from '../figures/fan.ts'
import { exceedanceFigure } from '../figures/lossTail.ts'
import { html } from '../html.ts'
import { inSentence, statedQuantile } from '../numbers.ts'
import type { Desk, Section } from '../section.ts'

/** Daily columns that this section shows. */
export const liquidityColumns: readonly string[] = [
  'signals.liquidityRatio',
  'reserve.liquid',
  'signals.liquid',
  'vault.queueDays',
  'vault.overdueDays',
  'vault.pendingExits',
  'aid.pendingRedemptions',
]

export function liquiditySection(desk: Desk): Section {
  const { reading } = desk
  const queue = reading.amount('queueDays')
  const tail = queue?.headline.quantiles.find((q) => q.level === 0.99)
  const stated = queue && tail ? statedQuantile(tail, queue) : null
  return {
    id: 'liquidity',
    title: 'Queue and liquidity',
    body: html`${desk.place(
      exceedanceFigure(reading, [{ name: 'queueDays', label: 'longest wait' }], {
        id: 'queue',
        question: 'How long do leavers of sAID wait beyond their due date?',
        title: stated
          ? `The wait beyond its due date that no exit exceeds on 99 % of paths: ${inSentence(stated)}`
          : 'Longest wait of an exit',
        notes: ['The wait that the rules themselves ask for, about one to two cycles, is not counted.'],
      }),
      'The run does not keep how long exits wait.',
    )}
${desk.place(
  smallFansFigure(reading, liquidityColumns, {
    id: 'liquidity',
    question: 'Are there dollars for everybody who may ask?',
    title: 'What is liquid, and what waits for it',
    notes: [
      'Liquidity ratio: liquid assets over the AID that may ask for dollars. Below 100 % not everybody could be paid at once.',
    ],
  }),
  'The run did not record liquidity day by day.',
)}`,
  }
}
