/** What the report does not say. */
import { counted, percent } from '../format.ts'
import { html } from '../html.ts'
import type { Reading } from '../reading.ts'
import type { Desk, Section } from '../section.ts'

const standing: readonly string[] = [
  'A model is not the protocol. Contracts, administrators’ keys, custody, law and fraud are outside it unless a scenario says otherwise; two of the largest losses of comparable dollars came from keys and custody.',
  'No tape of live deals is published. The deals are an illustration inside documented ranges; borrowers, collateral and terms of the real book may be better or worse.',
  'The live depth of the pools, the share of holders who may redeem, the composition of the reserve and the behaviour of holders are unknown. They are judged, bounded and listed as judgement.',
  'Holders follow thresholds calibrated to runs on other dollars. A run on this one may be faster, or slower.',
  'GPU rents have three years of history and one price cycle. The tail of a longer history is not in the data.',
  'Intervals measure the luck of a finite number of paths. They hold at 95 % each by itself, not all together, and say nothing of wrong parameters or a wrong model.',
  'Sizing curves are static: the smallest buffer that would have met each path’s worst shortfall, with behaviour as simulated. A changed buffer changes behaviour, which only new runs can show.',
  'Losses of bearers overlap in their causes: a leveraged holder who is liquidated and a lender left with bad debt may both suffer from one write-off. They are not to be added up.',
  'Probabilities are for the whole run, not a year, unless the run lasts one.',
]

export function limitationsSection(desk: Desk): Section {
  const all = [...standing, ...ofThisRun(desk.reading)]
  return {
    id: 'limitations',
    title: 'Limitations',
    body: html`<ul class="limits">${all.map((text) => html`<li>${text}</li>\n`)}</ul>`,
  }
}

/** Limits that follow from the run itself. */
function ofThisRun(reading: Reading): string[] {
  const { manifest, fans } = reading.record
  const limits: string[] = []
  if (manifest.ticksPerDay < 24) {
    limits.push(
      `Markets were stepped ${counted(manifest.ticksPerDay)} times a day: an average over less than ${counted(24 / manifest.ticksPerDay)} hours is the value of a single step.`,
    )
  }
  const outside = fans.filter((fan) => fan.outside > 0)
  for (const fan of outside) {
    limits.push(
      `${percent(fan.outside)} of the daily values of “${fan.meaning}” lie outside the range in which they were counted.`,
    )
  }
  const infinite = reading.amounts.filter((amount) => amount.headline.infinite > 0)
  for (const amount of infinite) {
    limits.push(
      `“${amount.metric.meaning}” has no finite value on ${counted(amount.headline.infinite)} of ${counted(reading.paths)} paths; its mean and expected shortfall do not exist.`,
    )
  }
  if (!manifest.complete)
    limits.push('The run was interrupted: the paths that finished first are not a fair sample of all.')
  if (reading.paths < 3700) {
    limits.push(
      `${counted(reading.paths)} paths cannot bound what happens once in a thousand; where an interval is open the report says so.`,
    )
  }
  return limits
}
