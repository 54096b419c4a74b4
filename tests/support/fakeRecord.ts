/**
 * A made-up run record for tests of reports: shaped like a run, with numbers from a toy of a few lines that no reader should
 * take for a result. It says so in its question and in every source.
 */
import { outcomes as outcomesRoom } from '../../models/outcomes/room.ts'
import type { AssumptionRow, Fan, NamedColumn, PathStory, RunManifest, RunRecord } from '../../sim/kernel/record.ts'

const source = 'made up for a test'

/** mulberry32: a small generator, enough for a toy. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const storyColumns: readonly NamedColumn[] = [
  { name: 'signals.aidPrice', unit: 'USD', meaning: 'Price of AID in the pool, in dollars' },
  { name: 'signals.coverage', unit: '1', meaning: 'What covers AID over what may claim it' },
  { name: 'vault.exitNav', unit: 'AID/share', meaning: 'Price of exit from sAID' },
  { name: 'vault.queueDays', unit: 'days', meaning: 'Expected wait of a new exit request' },
  { name: 'signals.liquid', unit: 'USD', meaning: 'Liquid assets' },
  { name: 'deals.dealsDefaulted', unit: 'deals', meaning: 'Deals in default since the start' },
  { name: 'aid.supply', unit: 'AID', meaning: 'AID in existence' },
]

const fanColumns = [
  'signals.aidPrice',
  'signals.coverage',
  'vault.exitNav',
  'vault.queueDays',
  'signals.liquid',
  'aid.supply',
]

interface ToyPath {
  readonly series: Record<string, Float64Array>
  readonly events: { day: number; text: string }[]
  readonly outcome: Record<string, number>
}

/** One toy year: defaults come by chance, cut NAV and liquidity, frighten the price. */
function toyPath(path: number, days: number): ToyPath {
  const draw = generator(1000 + path)
  const normal = (): number => draw() + draw() + draw() + draw() + draw() + draw() - 3
  const series = Object.fromEntries(storyColumns.map((c) => [c.name, new Float64Array(days)]))
  const events: ToyPath['events'] = []
  const bad = draw()
  let supply = 21e6
  let nav = 1.07
  let peak = nav
  let liquid = 8.25e6
  let fear = 0
  let defaults = 0
  let written = 0
  let factor = 0
  const worst = { price: 1, day: 1, three: 1, coverage: 9, drawdown: 0, queue: 0, gap: -9e9, below: 0, liquidity: 9 }
  for (let day = 0; day < days; day++) {
    factor = factor * 0.99 + 0.1 * normal()
    const hazard = (0.0009 + 0.004 * Math.max(0, bad - 0.9)) * (1 + Math.max(0, -factor) * 1.5)
    if (draw() < hazard && defaults < 8) {
      const size = 0.2e6 + 3e6 * draw() * draw()
      defaults++
      written += size * 0.35
      nav -= (size * 0.35) / 14e6
      liquid -= 0.1 * size
      fear += size / 8e5
      events.push({ day, text: `A borrower with ${(size / 1e6).toFixed(2)} M USD outstanding stops paying.` })
    }
    if (day % 30 === 0) nav *= 1.0094
    fear *= 0.96
    const flow = -0.0001 - 0.0015 * Math.max(0, fear - 0.6) + 0.003 * normal()
    supply *= 1 + flow
    liquid = Math.max(0.2e6, liquid + flow * 21e6 * 0.4)
    const coverage = liquid / (0.2857 * supply + 0.4e6 * fear)
    const price = Math.min(1.001, 1 - 0.0008 - 0.0012 * Math.abs(normal()) - 0.012 * Math.max(0, fear - 2) * draw())
    const queue = 45 + Math.min(240, 14 * fear)
    if (price < 0.99 && worst.price >= 0.99)
      events.push({ day, text: 'AID trades below 0.99 dollars for the first time.' })
    if (coverage < 1 && worst.coverage >= 1) events.push({ day, text: 'Coverage of AID falls below one.' })
    peak = Math.max(peak, nav)
    worst.price = Math.min(worst.price, price)
    worst.day = Math.min(worst.day, price * 0.8 + 0.2)
    worst.three = Math.min(worst.three, price * 0.6 + 0.4)
    worst.coverage = Math.min(worst.coverage, coverage)
    worst.liquidity = Math.min(worst.liquidity, coverage)
    worst.drawdown = Math.max(worst.drawdown, 1 - nav / peak)
    worst.queue = Math.max(worst.queue, queue - 60)
    worst.gap = Math.max(worst.gap, 0.2857 * supply + 0.4e6 * fear - liquid)
    if (price < 0.99) worst.below += 24
    const row = [price, coverage, nav, queue, liquid, defaults, supply]
    storyColumns.forEach((c, i) => {
      series[c.name][day] = row[i]
    })
  }
  const loss = Math.max(0, 1 - nav / 1.07)
  const outcome = {
    minimumTwap1h: worst.price,
    minimumTwap24h: worst.day,
    minimumTwap72h: worst.three,
    lowestPrice: worst.price,
    lowestPriceOfDay: worst.price,
    meanPrice: 0.9985 - 0.01 * (1 - worst.price),
    hoursBelow99: worst.below,
    minimumCoverage: worst.coverage,
    minimumLiquidityRatio: worst.liquidity,
    requiredLiquid: Math.max(0, 8.25e6 + worst.gap) / 21e6,
    worstDrawdown: worst.drawdown,
    finalLoss: loss,
    netYield: (nav / 1.07 - 1) * (365 / days),
    longestWait: Math.max(0, worst.queue),
    exitFailure: worst.queue > 90 ? 1 : 0,
    redemptionFailure: 0,
    supplyAtEnd: supply,
    supplyAtStart: 21e6,
    stakedAtEnd: 0.7,
    liquidAtEnd: liquid / (liquid + 12e6),
    deployedAtEnd: 0.85,
    defaults,
    dealLoss: written,
    dealYield: 0.165 - 0.01 * defaults,
    requiredCover: defaults > 0 ? 1.1 + 0.6 * draw() : 0,
    requiredFirstLoss: written / 12.75e6,
    lossOfSaid: written * 0.93,
    lossOfInsurance: written * 0.07,
    lossOfSurplus: 0,
    lossOfAid: 0,
    lossOfLenders: worst.price < 0.95 ? 2e5 * (0.95 - worst.price) : 0,
    lossOfProviders: Math.max(0, 0.992 - worst.price) * 4e5,
    lossOfLoopers: Math.max(0, 0.985 - worst.price) * 2e6,
    rentAtEnd: Math.exp(-0.2 + 0.3 * factor),
    gateHours: 0,
  }
  return { series, events, outcome }
}

export interface FakeOptions {
  readonly paths?: number
  readonly days?: number
  /** True makes every path lose nothing and fail nowhere. */
  readonly calm?: boolean
}

const probabilities = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999]

/** A synthetic record: outcomes of every column of the outcomes room, fans, and its five worst paths. */
export function fakeRecord({ paths = 2000, days = 365, calm = false }: FakeOptions = {}): RunRecord {
  const names = Object.keys(outcomesRoom.state)
  const toys = Array.from({ length: paths }, (_, p) => toyPath(calm ? 7 : p, days))
  const outcomeColumns = Object.fromEntries(
    names.map((name) => [
      `outcomes.${name}`,
      Float64Array.from(toys, (toy) => {
        const value = toy.outcome[name]
        if (value === undefined) return 0
        return calm ? calmValue(name, value) : value
      }),
    ]),
  )
  const order = toys
    .map((toy, path) => ({ path, loss: toy.outcome['worstDrawdown'] }))
    .sort((a, b) => b.loss - a.loss || a.path - b.path)
  return {
    manifest: fakeManifest(paths, days),
    outcomes: names.map((name) => {
      const { unit, meaning } = (outcomesRoom.state as Record<string, { unit: string; meaning: string }>)[name]
      return { name: `outcomes.${name}`, unit, meaning }
    }),
    outcomeColumns,
    fans: fanColumns.map((name) => fakeFan(name, toys, days)),
    storyColumns,
    stories: order.slice(0, 5).map(
      ({ path }, i): PathStory => ({
        path,
        reason: i === 0 ? 'worst by saidLoss' : `number ${i + 1} from the worst by saidLoss`,
        series: toys[path].series,
        events: toys[path].events,
      }),
    ),
  }
}

/** Nothing bad happens, and nothing differs between paths. */
function calmValue(name: string, value: number): number {
  if (/^(loss|defaults|dealLoss|finalLoss|worstDrawdown|longestWait|required|exitFailure|redemption|hours)/.test(name))
    return 0
  return value
}

function fakeFan(name: string, toys: readonly ToyPath[], days: number): Fan {
  const column = storyColumns.find((c) => c.name === name) as NamedColumn
  const values = new Float64Array(days * probabilities.length)
  for (let day = 0; day < days; day++) {
    const sorted = Float64Array.from(toys, (toy) => toy.series[name][day]).sort()
    probabilities.forEach((p, i) => {
      values[day * probabilities.length + i] = sorted[Math.max(0, Math.ceil(sorted.length * p - 1e-9) - 1)]
    })
  }
  return { ...column, probabilities, values, bound: 0.002, boundKind: 'absolute', outside: 0 }
}

function fakeManifest(paths: number, days: number): RunManifest {
  return {
    format: 1,
    scenario: {
      name: 'synthetic',
      question: 'What does a report look like when its numbers are made up?',
      file: 'tests/support/fakeRecord.ts',
      extends: [],
    },
    planHash: '0'.repeat(64),
    seed: '20261122',
    paths,
    days,
    ticksPerDay: 24,
    start: '2026-07-01',
    normalForm: { synthetic: true },
    mechanism: { 'aid.mode': 'twoTier', 'aid.stakedAid': 'held', 'vault.exitRule': 'fifo' },
    assumptions: fakeAssumptions,
    shocks: [{ column: 'gpuMarket.rentFactor', words: 'GPU rents fall by half within 90 days (made up)' }],
    versions: { aidlab: '0.0.0-test', node: '0' },
    commit: null,
    timing: { seconds: 1.5, threads: 2, batch: 512, pathsPerSecond: 1333.3, finishedAt: '2026-01-01T00:00:00Z' },
    complete: true,
  }
}

const fakeAssumptions: readonly AssumptionRow[] = [
  {
    name: 'aid.mode',
    value: 'twoTier',
    standard: 'twoTier',
    unit: '',
    choices: ['twoTier', 'unified'],
    meaning: 'Whether losses sit in sAID or run through everything',
    source,
    evidence: 'D',
  },
  {
    name: 'aid.stakedAid',
    value: 'held',
    standard: 'held',
    unit: '',
    choices: ['held', 'burned'],
    meaning: 'Whether staked AID stays in existence',
    source,
    evidence: 'S',
  },
  {
    name: 'vault.exitRule',
    value: 'fifo',
    standard: 'fifo',
    unit: '',
    choices: ['fifo', 'proRata'],
    meaning: 'How exits share what is available',
    source,
    evidence: 'D',
  },
  {
    name: 'aid.startSupply',
    value: 21e6,
    standard: 21e6,
    unit: 'AID',
    from: 0,
    to: 1e10,
    meaning: 'AID in existence at the start',
    source,
    evidence: 'S',
  },
  {
    name: 'deals.overlayProbability',
    value: 0.08,
    standard: 0.04,
    unit: '1/year',
    from: 0,
    to: 0.6,
    meaning: 'Yearly probability that a borrower stops paying',
    source,
    evidence: 'J',
    because: 'the test wants a changed <parameter> & an odd character',
  },
]
