/** What a scenario can order against this economy, each in one size, and what reproduces a failure. */
import type { Plan } from '../sim/kernel/plan.ts'
import { percent } from './stressWords.ts'

interface Order {
  readonly column: string
  readonly atHours: number
  readonly untilHours?: number
  readonly overHours?: number
  readonly to: number
}

/** Orders begin after a calm month, or after a tenth of a short run. */
function begin(days: number): number {
  return 24 * Math.min(30, Math.floor(days / 10))
}

const rentDays = 120

/** Days from the beginning to the end of the run. */
function daysLeft(days: number): number {
  return days - begin(days) / 24
}

/** Hours from the beginning, cut at the end of the run. */
function hours(days: number, length: number): number {
  return 24 * Math.min(length, daysLeft(days))
}

/** A length as it is simulated. @param whole what it is called where the run does not cut it */
function lengthWords(days: number, length: number, whole?: string): string {
  const left = Math.min(length, daysLeft(days))
  if (whole !== undefined && left === length) return whole
  return left === 1 ? '1 day' : `${left} days`
}

const levers = [
  {
    name: 'rents',
    meaning: `Rents of all generations fall in a straight line over ${rentDays} days, or until a shorter run ends, and stay there`,
    unit: '1',
    from: 0,
    to: 0.95,
    shocks: (fall: number, days: number): Order[] => [
      {
        column: 'gpuMarket.rentFactor',
        atHours: begin(days),
        overHours: hours(days, rentDays),
        to: 1 - fall,
      },
    ],
    words: (fall: number, days: number) =>
      `rents −${percent(fall)} within ${lengthWords(days, rentDays)}, and no recovery`,
    seen: { amount: `rentFall${rentDays}`, at: (fall: number) => fall },
  },
  {
    name: 'utilisation',
    meaning: 'The share of hours rented out falls at once and stays there',
    unit: '1',
    from: 0,
    to: 0.95,
    shocks: (fall: number, days: number): Order[] => [
      { column: 'gpuMarket.utilisationFactor', atHours: begin(days), to: 1 - fall },
    ],
    words: (fall: number) => `utilisation −${percent(fall)}`,
  },
  {
    name: 'glut',
    meaning: 'The market is in a glut for some days',
    unit: 'days',
    from: 0,
    to: 1000,
    largest: ({ days }: Pick<Plan, 'days'>) => daysLeft(days),
    integer: true as const,
    shocks: (length: number, days: number): Order[] => [
      {
        column: 'gpuMarket.forcedRegime',
        atHours: begin(days),
        untilHours: begin(days) + hours(days, length),
        to: 0,
      },
    ],
    words: (length: number, days: number) => `${lengthWords(days, length)} of glut`,
    seen: { amount: 'glutDays', at: (length: number) => length },
  },
  {
    name: 'largestDefaults',
    meaning: 'The largest borrowers default on days after one another',
    unit: 'borrowers',
    from: 0,
    to: 10,
    largest: ({ days, tables }: Pick<Plan, 'days' | 'tables'>) =>
      Math.min(daysLeft(days), tables['deals']['borrowers'].length),
    integer: true as const,
    shocks: (count: number, days: number): Order[] => [
      {
        column: 'deals.defaultLargest',
        atHours: begin(days),
        untilHours: begin(days) + hours(days, count),
        to: 1,
      },
    ],
    words: (count: number) =>
      count === 1 ? 'the largest borrower defaults' : `the ${count} largest borrowers default`,
  },
  {
    name: 'hazard',
    meaning: 'The hazard that borrowers stop paying for reasons of their own is multiplied',
    unit: '1',
    from: 1,
    to: 200,
    shocks: (multiple: number, days: number): Order[] => [
      { column: 'deals.borrowerStress', atHours: begin(days), to: multiple },
    ],
    words: (multiple: number) => `${multiple.toFixed(1)} times the hazard of borrowers`,
  },
  {
    name: 'resale',
    meaning: 'Used machines fetch less at once and for good',
    unit: '1',
    from: 0,
    to: 0.98,
    shocks: (fall: number, days: number): Order[] => [
      { column: 'hardware.resaleFactor', atHours: begin(days), to: 1 - fall },
    ],
    words: (fall: number) => `prices of used machines −${percent(fall)}`,
  },
  {
    name: 'run',
    meaning: 'A share of all holders wants out of everything within a week, or what is left of the run',
    unit: '1',
    from: 0,
    to: 1,
    shocks: (share: number, days: number): Order[] => [
      { column: 'holders.panic', atHours: begin(days), overHours: hours(days, 7), to: share },
    ],
    words: (share: number, days: number) =>
      `${percent(share)} of all holders want out within ${lengthWords(days, 7, 'a week')}`,
  },
  {
    name: 'outflow',
    meaning: 'Money flows out for the rest of the run, as a share of supply a year',
    unit: '1/year',
    from: 0,
    to: 20,
    shocks: (rate: number, days: number): Order[] => [{ column: 'holders.flow', atHours: begin(days), to: -rate }],
    words: (rate: number) => `${percent(rate / 365)} of supply a day flow out`,
    seen: { amount: 'exit', at: (rate: number) => rate / 365 },
  },
  {
    name: 'liquidity',
    meaning: 'A share of the liquidity of the pools leaves within a day and stays away',
    unit: '1',
    from: 0,
    to: 1,
    shocks: (share: number, days: number): Order[] => [
      { column: 'holders.providerExit', atHours: begin(days), overHours: 24, to: share },
    ],
    words: (share: number) => `${percent(share)} of the pools’ liquidity leaves within a day`,
    seen: { amount: 'poolLeft', at: (share: number) => 1 - share },
  },
  {
    name: 'usdc',
    meaning: 'USDC falls within eleven hours and comes back after ten days, if the run lasts so long',
    unit: '1',
    from: 0,
    to: 0.9,
    shocks: (fall: number, days: number): Order[] => [
      {
        column: 'reserve.usdcPrice',
        atHours: begin(days),
        overHours: 11,
        untilHours: begin(days) + hours(days, 10),
        to: 1 - fall,
      },
    ],
    words: (fall: number, days: number) => `USDC −${percent(fall)} for ${lengthWords(days, 10, 'ten days')}`,
    seen: { amount: 'usdc', at: (fall: number) => 1 - fall },
  },
  {
    name: 'deposits',
    meaning: 'A failed bank takes a share of the bank deposits in one morning',
    unit: '1',
    from: 0,
    to: 1,
    shocks: (share: number, days: number): Order[] => [
      { column: 'reserve.depositLoss', atHours: begin(days), untilHours: begin(days) + 24, to: share },
    ],
    words: (share: number) => `${percent(share)} of the bank deposits are lost`,
  },
]

const reproduction = {
  followed: { column: 'gpuMarket.rentIndex', lever: 'gpuMarket.rentFactor' },
  ordered: [
    {
      mark: 'glut',
      shocks: (day: number): Order[] => [{ column: 'gpuMarket.forcedRegime', atHours: 24 * day, to: 0 }],
    },
    {
      mark: 'own',
      // a scenario can order the largest borrower only
      causes: ['largest'],
      shocks: (day: number): Order[] => [
        { column: 'deals.defaultLargest', atHours: 24 * day, untilHours: 24 * day + 24, to: 1 },
      ],
    },
  ],
}

export const stressLevers = { levers, reproduction }
