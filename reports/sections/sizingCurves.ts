/** How large the buffers must be. */

import { pathsNeeded } from '../../sim/statistics/intervals.ts'
import { type SizingWords, sizingFigure } from '../figures/sizing.ts'
import { roundedUpPaths } from '../format.ts'
import { html } from '../html.ts'
import { confidence, type Reading } from '../reading.ts'
import type { Desk, Section } from '../section.ts'

const buffers: readonly SizingWords[] = [
  {
    id: 'size-reserve',
    name: 'requiredReserve',
    question: 'How much liquid reserve is enough?',
    noun: 'A liquid reserve',
    measure: 'liquid reserve at the start as a share of AID supply',
    inUse: liquidAtStart,
    notes: ['A path fails when AID that may ask for dollars exceeds liquid assets at any tick.'],
  },
  {
    id: 'size-cover',
    name: 'requiredCover',
    question: 'How much collateral cover is enough?',
    noun: 'Collateral of the balance at origination',
    measure: 'collateral over balance at origination',
    inUse: (reading) => parameter(reading, 'deals.overCollateralisation', (v) => 1 + v),
    notes: [
      'A path fails when its worst default writes anything off. Recoveries are scaled in proportion to collateral: selling more machines would press prices further, which this leaves out.',
    ],
  },
  {
    id: 'size-first-loss',
    name: 'requiredFirstLoss',
    question: 'How much first-loss cover is enough?',
    noun: 'First-loss cover of the deals',
    measure: 'first-loss cover as a share of the deals at the start',
    inUse: (reading) => parameter(reading, 'deals.firstLoss', (v) => v),
    notes: ['A path fails when write-offs of the whole run exceed the cover, which is not refilled.'],
  },
]

function parameter(reading: Reading, name: string, level: (value: number) => number): number | null {
  const found = reading.record.manifest.assumptions.find((row) => row.name === name)
  return typeof found?.value === 'number' ? level(found.value) : null
}

/** Liquid assets on the first day over AID supply at the start, from what the run recorded. */
function liquidAtStart(reading: Reading): number | null {
  const fan = reading.fan('reserve.liquid') ?? reading.fan('signals.liquid')
  const supply = reading.outcome('outcomes.supplyAtStart')
  const median = fan ? fan.probabilities.indexOf(0.5) : -1
  return fan && supply && median !== -1 ? fan.values[median] / supply.values[0] : null
}

export function sizingSection(desk: Desk): Section {
  return {
    id: 'sizing',
    title: 'How large the buffers must be',
    body: html`<p>Each path has one number: the smallest buffer that would have met its worst shortfall. One run therefore answers for every level at once. The curves are <b>static</b>: behaviour is as simulated, at the buffers of this scenario. To hold 0.1 % with an interval closed at both ends takes at least ${roundedUpPaths(pathsNeeded(0.999, confidence))} paths.</p>
${buffers.map((words) => desk.place(sizingFigure(desk.reading, words), `The run does not keep what “${words.question}” needs.`))}`,
  }
}
