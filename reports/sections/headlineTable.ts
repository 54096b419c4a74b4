/** The headline: every event and every amount, with interval and number of paths. */
import { probabilitiesFigure } from '../figures/probabilities.ts'
import { counted, levelText } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { numberMarkup, statedMean, statedProbability, statedQuantile, statedShortfall } from '../numbers.ts'
import type { Amount, Reading } from '../reading.ts'
import { type Desk, type Section, tableMarkup } from '../section.ts'
import { shortfallAt } from './summary.ts'

const levels = [0.95, 0.975, 0.99, 0.999] as const

export function headlineSection(desk: Desk): Section {
  const { reading } = desk
  return {
    id: 'headline',
    title: 'Headline numbers',
    body: html`${desk.place(probabilitiesFigure(reading), 'The run answers no question of the kind “did it happen”.')}
<h4>Events</h4>
${eventTable(reading)}
<h4>Value at risk and expected shortfall</h4>
<p>Value at risk (VaR) at a level is the order statistic of rank ⌈n q⌉ counted from the good end; expected shortfall (ES) is the mean of the worst 1 − q of the paths, the value at risk taking the fraction that is left over. Where low numbers are bad, the levels count downwards. <span class="indication">indication</span> marks numbers with fewer than 50 paths behind them.</p>
${lossTable(reading)}
<h4>All amounts</h4>
${amountTable(reading)}
<p class="facts">Intervals are at 95 %: Clopper-Pearson for probabilities, order statistics for quantiles (no assumption about the distribution), Student for means, influence functions for expected shortfall (asymptotic; not to be trusted below 50 tail paths). Each holds by itself, not all at once. Lower ends are cut at zero where an amount cannot be negative.</p>`,
  }
}

function eventTable(reading: Reading): Markup {
  return tableMarkup(
    [{ name: 'Event within the run' }, { name: 'Probability', isNumber: true }],
    reading.events.map((event) => [
      html`${event.metric.meaning}<small><code>${event.metric.name}</code></small>`,
      numberMarkup(statedProbability(event.headline)),
    ]),
    'stack',
  )
}

/** Every level of VaR and ES for the amounts that a risk committee asks first. */
function lossTable(reading: Reading): Markup {
  const asked = ['saidLoss', 'saidFinalLoss', 'lowestTwap24h', 'minimumCoverage'].flatMap((name) => {
    const amount = reading.amount(name)
    return amount ? [amount] : []
  })
  const rows = asked.flatMap((amount) => [
    [html`<b>VaR</b> ${amount.metric.meaning}`, ...levels.map((level) => quantileCell(amount, level))],
    [html`<b>ES</b> ${amount.metric.meaning}`, ...levels.map((level) => shortfallCell(amount, level))],
  ])
  return tableMarkup(
    [{ name: 'Amount' }, ...levels.map((level) => ({ name: levelText(level), isNumber: true }))],
    rows,
    'stack',
  )
}

function quantileCell(amount: Amount, level: number): Markup {
  const found = amount.headline.quantiles.find((q) => q.level === level)
  return found ? numberMarkup(statedQuantile(found, amount)) : html`not computed`
}

function shortfallCell(amount: Amount, level: number): Markup {
  const shortfall = shortfallAt(amount, level)
  if (shortfall === null) return html`no finite value on ${amount.headline.infinite} paths`
  return numberMarkup(statedShortfall(shortfall, amount.scale, amount.headline.paths, amount.floor))
}

function amountTable(reading: Reading): Markup {
  return tableMarkup(
    [
      { name: 'Amount' },
      { name: 'Mean', isNumber: true },
      { name: 'Median', isNumber: true },
      { name: '95 % level', isNumber: true },
      { name: '99 % level', isNumber: true },
    ],
    reading.amounts.map((amount) => [
      html`${amount.metric.meaning}<small>${amount.metric.bad === 'low' ? 'low is bad' : 'high is bad'} · <code>${amount.metric.name}</code></small>`,
      amount.headline.mean === null
        ? html`no finite value on ${amount.headline.infinite} paths`
        : numberMarkup(
            statedMean(amount.headline.mean, amount.scale, `${counted(amount.headline.paths)} paths`, amount.floor),
          ),
      quantileCell(amount, 0.5),
      quantileCell(amount, 0.95),
      quantileCell(amount, 0.99),
    ]),
    'stack',
  )
}
