/** What is looked for on a path that failed: what went wrong first, how far things went in natural units, and when. */
import type { Plan } from '../sim/kernel/plan.ts'
import { percent } from './stressWords.ts'

type Series = Readonly<Record<string, Float64Array>>

/** Share of the book of deals that must be in trouble before credit counts as a cause. */
const materialShare = 0.1
/** Share of value that must ask to leave within about a day before holders count as a cause. */
const materialExit = 0.05
/** Fall of the exit NAV from which on those who leave have heard bad news of deals. */
const badNews = 0.01
const materialUsdc = 0.99
const materialPool = 0.5

/** Windows in which the fall of rents is told, in days. */
const windows = [30, 60, 120, 240] as const

const columns = [
  'gpuMarket.rentIndex',
  'gpuMarket.regime',
  'gpuMarket.utilisation',
  'deals.outstanding',
  'deals.troubled',
  'deals.hazard',
  'deals.hazardThreshold',
  'deals.borrowerBalance',
  'deals.borrowerDefaulted',
  'deals.stopped',
  'vault.drawdown',
  'vault.pendingExits',
  'holders.exitShare',
  'aid.supply',
  'aidPool.invariant',
  'reserve.usdcPrice',
  'outcomes.lowestPriceOfDay',
  'signals.coverage',
  'signals.liquidityRatio',
] as const

const amounts = [
  ...windows.map((days) => ({
    name: `rentFall${days}`,
    unit: '1',
    meaning: `Deepest fall of the rent index within ${days} days`,
    bad: 'high' as const,
    family: 'rents',
    words: (fall: number) => `rents −${percent(fall)} within ${days} days`,
  })),
  {
    name: 'glutDays',
    unit: 'days',
    meaning: 'Days of glut',
    bad: 'high' as const,
    words: (days: number) => `${Math.round(days)} days of glut`,
  },
  {
    name: 'ownDefault',
    unit: '1',
    meaning: 'Largest share of the book owed by a borrower that stops paying for reasons of its own',
    bad: 'high' as const,
    words: (share: number, who: string | undefined) =>
      `${who ?? 'a borrower'} (${percent(share)} of the book) stops paying for reasons of its own`,
  },
  {
    name: 'troubled',
    unit: '1',
    meaning: 'Largest share of the book that is late or in default',
    bad: 'high' as const,
    words: (share: number) => `${percent(share)} of the book late or in default`,
  },
  {
    name: 'drawdown',
    unit: '1',
    meaning: 'Deepest fall of the sAID exit NAV',
    bad: 'high' as const,
    words: (fall: number) => `sAID −${percent(fall)}`,
  },
  {
    name: 'exit',
    unit: '1/day',
    meaning: 'Largest share of all value that asks to leave within about a day',
    bad: 'high' as const,
    words: (share: number) => `${percent(share)} a day leave`,
  },
  {
    name: 'supplyFall',
    unit: '1',
    meaning: 'Deepest fall of the supply of AID from the start',
    bad: 'high' as const,
    words: (fall: number) => `supply −${percent(fall)}`,
  },
  {
    name: 'poolLeft',
    unit: '1',
    meaning: 'Smallest AID pool over that of the start',
    bad: 'low' as const,
    words: (share: number) => `${percent(share)} of the AID pool is left`,
  },
  {
    name: 'coverage',
    unit: '1',
    meaning: 'Lowest coverage of AID',
    bad: 'low' as const,
    words: (ratio: number) => `coverage down to ${ratio.toFixed(2)}`,
  },
  {
    name: 'usdc',
    unit: 'USD',
    meaning: 'Lowest price of USDC',
    bad: 'low' as const,
    words: (price: number) => `USDC at ${price.toFixed(3)}`,
  },
  {
    name: 'price',
    unit: 'USD',
    meaning: 'Lowest price of AID at the end of an hour',
    bad: 'low' as const,
    words: (price: number) => `AID at ${price.toFixed(2)} dollars`,
  },
]

const marks = [
  { name: 'glut', words: 'the market turns into a glut' },
  { name: 'rents20', words: 'rents have lost a fifth' },
  { name: 'rents40', words: 'rents have lost two fifths' },
  { name: 'own', words: 'a borrower with a tenth of the book or more stops paying for reasons of its own' },
  { name: 'unpaid', words: 'a tenth of the book is unpaid because rents do not suffice' },
  { name: 'nav2', words: 'the exit NAV of sAID is 2 % below its peak' },
  { name: 'exits', words: 'more than 5 % of all value asks to leave within a day' },
  { name: 'cover', words: 'coverage falls below 1' },
  { name: 'pool', words: 'half of the AID pool is gone' },
  { name: 'price', words: 'AID trades below 0.98' },
]

const causes: Readonly<Record<string, string>> = {
  rents: 'rents no longer pay for the deals',
  largest: 'the largest borrower stops paying for reasons of its own',
  other: 'another borrower with a tenth of the book or more stops paying for reasons of its own',
  holders: 'holders leave without bad news of deals',
  usdc: 'USDC slips',
  none: 'nothing large: small troubles come together',
}

/** Deepest fall within a window that ends no later than `until`; the series starts at 1 on the eve. */
function deepestFall(index: Float64Array, days: number, until: number): number {
  let deepest = 0
  for (let day = 0; day <= until; day++) {
    let peak = day - days < 0 ? 1 : 0
    for (let before = Math.max(0, day - days); before < day; before++) peak = Math.max(peak, index[before])
    if (peak > 0) deepest = Math.max(deepest, 1 - index[day] / peak)
  }
  return deepest
}

/** First day up to `until` on which a test holds, −1 where there is none. */
function firstDay(until: number, holds: (day: number) => boolean): number {
  for (let day = 0; day <= until; day++) if (holds(day)) return day
  return -1
}

function extreme(series: Float64Array, until: number, sign: 1 | -1): number {
  let found = series[0]
  for (let day = 1; day <= until; day++) if (sign * series[day] > sign * found) found = series[day]
  return found
}

/** The book of a path: who stopped for reasons of its own, and what is in trouble for want of rents. */
function readBook(series: Series, until: number) {
  const outstanding = series['deals.outstanding']
  const balance = series['deals.borrowerBalance']
  const threshold = series['deals.hazardThreshold']
  const hazard = series['deals.hazard']
  const defaulted = series['deals.borrowerDefaulted']
  const count = balance.length / outstanding.length
  const ownSince = Array.from({ length: count }, (_, b) => {
    const day = firstDay(until, (d) => hazard[d] >= threshold[d * count + b])
    // one that rents had already brought down does not fail anew
    return day > 0 && defaulted[(day - 1) * count + b] === 1 ? -1 : day
  })
  const share = (day: number, usd: number): number => (outstanding[day] > 0 ? usd / outstanding[day] : 0)
  const ownOf = (day: number, b: number): number =>
    ownSince[b] >= 0 && ownSince[b] <= day ? share(day, balance[day * count + b]) : 0
  let ownLargest = 0
  let who = -1
  for (let b = 0; b < count; b++) {
    const held = ownSince[b] < 0 ? 0 : ownOf(ownSince[b], b)
    if (held > ownLargest) {
      ownLargest = held
      who = b
    }
  }
  const ownDay = firstDay(until, (day) => {
    for (let b = 0; b < count; b++) if (ownSince[b] === day && ownOf(day, b) >= materialShare) return true
    return false
  })
  const unpaidDay = firstDay(until, (day) => {
    let own = 0
    for (let b = 0; b < count; b++) own += ownOf(day, b)
    return share(day, series['deals.troubled'][day]) - own >= materialShare
  })
  return { ownLargest, who, ownDay, unpaidDay, isLargest: who >= 0 && who === largestAt(balance, count, ownSince[who]) }
}

/** Row of the borrower that owes most on a day. */
function largestAt(balance: Float64Array, count: number, day: number): number {
  let largest = 0
  for (let b = 1; b < count; b++) if (balance[day * count + b] > balance[day * count + largest]) largest = b
  return largest
}

function causeOf(book: ReturnType<typeof readBook>, exitDay: number, usdcDay: number): string {
  const candidates: readonly (readonly [string, number])[] = [
    [book.isLargest ? 'largest' : 'other', book.ownDay],
    ['rents', book.unpaidDay],
    ['holders', exitDay],
    ['usdc', usdcDay],
  ]
  let first: readonly [string, number] = ['none', Number.POSITIVE_INFINITY]
  for (const one of candidates) if (one[1] >= 0 && one[1] < first[1]) first = one
  return first[0]
}

/** Looks at one path. @param until last day that counts */
function testify(series: Series, plan: Plan, until: number) {
  const rents = series['gpuMarket.rentIndex']
  const pool = series['aidPool.invariant']
  const supply = series['aid.supply']
  const book = readBook(series, until)
  const exits = series['holders.exitShare']
  const drawdown = series['vault.drawdown']
  const exitDay = firstDay(until, (day) => exits[day] >= materialExit)
  const unprovoked = exitDay >= 0 && drawdown[exitDay] < badNews ? exitDay : -1
  const usdcDay = firstDay(until, (day) => series['reserve.usdcPrice'][day] < materialUsdc)
  const troubledShare = series['deals.troubled'].map((usd, day) => usd / Math.max(1, series['deals.outstanding'][day]))
  let glutDays = 0
  for (let day = 0; day <= until; day++) if (series['gpuMarket.regime'][day] === 0) glutDays++
  const names: Readonly<Record<string, string>> =
    book.who < 0 ? {} : { ownDefault: String(plan.tables['deals']['borrowers'][book.who]['name']) }
  return {
    cause: causeOf(book, unprovoked, usdcDay),
    amounts: {
      ...Object.fromEntries(windows.map((days) => [`rentFall${days}`, deepestFall(rents, days, until)])),
      glutDays,
      ownDefault: book.ownLargest,
      troubled: extreme(troubledShare, until, 1),
      drawdown: extreme(drawdown, until, 1),
      exit: extreme(exits, until, 1),
      supplyFall: 1 - extreme(supply, until, -1) / supply[0],
      poolLeft: extreme(pool, until, -1) / pool[0],
      coverage: extreme(series['signals.coverage'], until, -1),
      usdc: extreme(series['reserve.usdcPrice'], until, -1),
      price: extreme(series['outcomes.lowestPriceOfDay'], until, -1),
    },
    marks: {
      glut: firstDay(until, (day) => series['gpuMarket.regime'][day] === 0),
      rents20: firstDay(until, (day) => rents[day] < 0.8),
      rents40: firstDay(until, (day) => rents[day] < 0.6),
      own: book.ownDay,
      unpaid: book.unpaidDay,
      nav2: firstDay(until, (day) => drawdown[day] > 0.02),
      exits: exitDay,
      cover: firstDay(until, (day) => series['signals.coverage'][day] < 1),
      pool: firstDay(until, (day) => pool[day] < materialPool * pool[0]),
      price: firstDay(until, (day) => series['outcomes.lowestPriceOfDay'][day] < 0.98),
    },
    names,
  }
}

export const stressWitness = { columns, causes, amounts, marks, testify }
