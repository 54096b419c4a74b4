/** Medians of the run beside public facts, and why they differ where they do. */
import { quantileWithInterval } from '../../sim/statistics/intervals.ts'
import { quantile, sortedColumn } from '../../sim/statistics/orderStatistics.ts'
import { type PublicFact, publicFacts } from '../facts.ts'
import { amount, counted, withUnit } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { interval, numberMarkup, type StatedNumber } from '../numbers.ts'
import { confidence, type OutcomeColumn } from '../reading.ts'
import { type Desk, type Section, tableMarkup } from '../section.ts'

export function believableSection(desk: Desk): Section {
  const { reading } = desk
  const { shocks, days } = reading.record.manifest
  const rows = publicFacts.flatMap((fact) => {
    const column = reading.outcome(fact.column)
    return column ? [factRow(fact, column)] : []
  })
  const caution =
    shocks.length > 0
      ? html`<p class="warning">This scenario adds shocks, so it is not meant to look like mid-2026: the facts are a yardstick, and differences are what the scenario is about.</p>`
      : null
  return {
    id: 'facts',
    title: 'Beside the facts',
    body: html`<p>Is the simulated world believable? Little is published about AID and sAID. What is known of mid-2026 stands here beside the median of the run over ${counted(days)} days, with the range of nine paths in ten.</p>
${caution}${rows.length > 0 ? tableMarkup([{ name: 'Quantity' }, { name: 'Public fact' }, { name: 'Median of the run', isNumber: true }, { name: 'Same or different, and why' }], rows, 'stack') : html`<p class="missing">The run keeps none of the quantities with a public fact.</p>`}
<p class="facts">Not published at all, so judged and shown as such in the assumptions: composition of the reserve, size of the insurance reserve, number and terms of live deals, borrowers, depth of the pools, share of whitelisted holders, market prices of AID and sAID.</p>`,
  }
}

function factRow(fact: PublicFact, column: OutcomeColumn): (Markup | string)[] {
  const sorted = sortedColumn(column.values)
  const low = quantile(sorted, 0.05)
  const high = quantile(sorted, 0.95)
  const { scale } = column
  return [
    html`<b>${fact.name}</b>`,
    html`${fact.fact}<small>${fact.source}</small>`,
    html`${numberMarkup(statedMedian(column, sorted))}<small>nine paths in ten: ${amount(low, scale)} to ${withUnit(high, scale)}</small>`,
    html`${verdict(fact, low, quantile(sorted, 0.5), high)}`,
  ]
}

function statedMedian(column: OutcomeColumn, sorted: Float64Array): StatedNumber {
  const median = quantileWithInterval(sorted, 0.5, confidence)
  const closed = median.lower !== null && median.upper !== null
  return {
    value: withUnit(median.value, column.scale),
    interval: closed ? interval(median, column.scale) : 'unbounded, needs at least 6 paths',
    basis: `${counted(sorted.length)} paths`,
    firm: closed,
  }
}

/** Nearer than this, relative to the fact, a median is as good as the fact. */
const near = 0.02

function verdict(fact: PublicFact, low: number, median: number, high: number): Markup {
  const { value, above, below, agrees } = fact
  if (value === null) return html`${agrees}`
  if (low > value) return html`<b>Above the fact.</b> ${above}`
  if (high < value) return html`<b>Below the fact.</b> ${below}`
  if (Math.abs(median - value) <= near * Math.abs(value)) return html`<b>As the fact.</b> ${agrees}`
  const why = median > value ? above : below
  return html`<b>The fact lies in the range,</b> the median ${median > value ? 'above' : 'below'} it. ${why}`
}
