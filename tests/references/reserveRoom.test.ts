/** The reserve alone: what its ladder earns, when money arrives, what a forced sale costs. */
import { describe, expect, it } from 'vitest'
import { reserve } from '../../models/reserve/room.ts'
import { playRoom } from '../support/playRoom.ts'

/** A supply of `outside` AID that the reserve backs alone. */
const backing = (outside: number) => (inputs: Readonly<Record<string, Float64Array>>, path: number) => {
  inputs.supply[path] = outside
}
/** Rates that stay where they are, and no trading but what the test does. */
const still = { rateVolatility: 0, longRunRate: 0.04, cashInterestShare: 0, usdcNoise: 0 }
const idle = { ...still, rebalanceBand: 1 }

// 2026-07-01 is a Wednesday: day 2 is Friday 3 July, day 5 Monday 6 July, day 65 Friday 4 September before Labor Day.
const friday = 2
const monday = 5

describe('the bill ladder', () => {
  it('earns the closed form of bills rolled at a constant rate, 4.07 % in 364 days', () => {
    const day = (name: string) => ladder(name)[0]
    const ladder = playRoom(reserve, {
      days: 365,
      feed: backing(1e6),
      parameters: { ...still, usdcTarget: 0, cashTarget: 0, rebalanceBand: 0 },
    })
    // Thirteen rungs of equal face, bought a week apart, each rolled into a new 91-day bill at its maturity (all Tuesdays).
    const price = Math.exp((-0.04 * 91) / 365)
    const discount = ((1 - price) * 360) / 91
    let start = 0
    let end = 0
    for (let rung = 1; rung <= 13; rung++) {
      start += 1 - (discount * 7 * rung) / 360
      const firstMaturity = 7 * rung
      const rolls = Math.floor((365 - firstMaturity) / 91) + 1
      const held = 365 - firstMaturity - (rolls - 1) * 91
      end += price ** -rolls * (price + ((1 - price) * held) / 91)
    }
    expect(ladder('cash')[0]).toBe(0)
    // A year of additions of a million dollars in floats.
    expect(day('bills') / ((1e6 * end) / start)).toBeCloseTo(1, 11)
    expect(day('incomeTotal') / 1e6).toBeCloseTo(0.0407, 3)
    expect(day('costsTotal')).toBe(0)
  })

  it('starts with rungs of equal face whose values add up to what the reserve owns', () => {
    const ladder = playRoom(reserve, { feed: backing(1e6), parameters: { ...idle, usdcTarget: 0.1, cashTarget: 0.2 } })
    expect(new Set(ladder('face')).size).toBe(1)
    expect(ladder('usdc')[0]).toBe(1e5)
    expect(ladder('cash')[0]).toBe(2e5)
    expect(ladder('startBills')[0]).toBeCloseTo(7e5, 6)
    expect([...ladder('maturityDay')]).toEqual(Array.from({ length: 13 }, (_, i) => 7 * i + 6))
  })

  it('pays a rung that matures on a Saturday on the Monday after, at its face and not a cent more', () => {
    const seen: number[] = []
    playRoom(reserve, {
      days: 7,
      feed: backing(1e6),
      parameters: { ...idle, usdcTarget: 0, cashTarget: 0, tenorDays: 8, rungs: 2 },
      meet: (_, column) => seen.push(column('cash')[0]),
    })
    // Two rungs of 4 and 8 days bought on the eve: due on days 3 (Saturday 4 July) and 7.
    expect(seen.slice(0, monday)).toEqual([0, 0, 0, 0, 0])
    expect(seen[monday]).toBeCloseTo(seen[monday + 1], 9)
    const discount = ((1 - Math.exp((-0.04 * 8) / 365)) * 360) / 8
    const face = 1e6 / (2 - (discount * 12) / 360)
    expect(seen[monday] / face).toBeCloseTo(1, 12)
  })
})

describe('settlement', () => {
  const sell = (soldOn: number, days: number, levers = {}) => {
    const cash: number[] = []
    playRoom(reserve, {
      days,
      feed: backing(1e6),
      parameters: { ...idle, cashTarget: 0, usdcTarget: 0 },
      levers,
      meet: (operations, column, day) => {
        if (day === soldOn) expect(operations.sellBills(0, 1000)).toBeCloseTo(1000, 9)
        if (day === soldOn + 1 && day === 3) expect(operations.sellBills(0, 1000)).toBe(0)
        cash.push(column('cash')[0] - column('maturedTotal')[0])
      },
    })
    return cash.findIndex((usd) => usd > 999)
  }

  it('brings the proceeds of a sale on the next business day', () => {
    expect(sell(0, 3)).toBe(1)
  })

  it('waits for Monday over a weekend, on which no bill can be sold', () => {
    expect(sell(friday, 7)).toBe(monday)
  })

  it('waits for Tuesday when Monday is Labor Day', () => {
    expect(sell(65, 72)).toBe(69)
  })

  it('waits while a lever shuts the banks', () => {
    expect(
      sell(0, 9, { bankClosed: Float64Array.from({ length: 9 }, (_, day) => (day >= 1 && day <= 5 ? 1 : 0)) }),
    ).toBe(6)
  })

  it('turns dollars into USDC and back a business day later and never on a weekend', () => {
    const usdc: number[] = []
    playRoom(reserve, {
      days: 7,
      feed: backing(1e6),
      parameters: { ...idle, usdcTarget: 0.1, cashTarget: 0.2, conversionFee: 0.01 },
      meet: (operations, column, day) => {
        if (day === friday) {
          expect(operations.convertToUsdc(0, 5000)).toBe(5000)
          expect(operations.convertToCash(0, 1000)).toBe(1000)
          expect(column('converting')[0]).toBeCloseTo(0.99 * 6000, 9)
          expect(operations.lossTaken(0)).toBeCloseTo(60, 9)
          expect(operations.lossTaken(0)).toBe(0)
        }
        if (day === friday + 1) expect(operations.convertToUsdc(0, 5000)).toBe(0)
        usdc.push(column('usdc')[0])
      },
    })
    expect(usdc.slice(0, 6)).toEqual([1e5, 1e5, 99_000, 99_000, 99_000, 99_000 + 4950])
  })
})

describe('a forced sale', () => {
  const saleAfter = (parameters: object, levers: Record<string, Float64Array>) => {
    let loss = 0
    playRoom(reserve, {
      feed: backing(1e6),
      parameters: { ...idle, usdcTarget: 0, cashTarget: 0, ...parameters },
      levers,
      meet: (operations, column) => {
        const face = column('face').reduce((sum, f) => sum + f, 0)
        operations.sellBills(0, 2e6)
        expect(column('bills')[0]).toBeCloseTo(0, 6)
        loss = operations.lossTaken(0) / face
      },
    })
    return loss
  }

  it('of thirteen equal weekly rungs after a rise of one per cent loses 13 basis points, the weighted 49 days of it', () => {
    const shift = { rateShift: new Float64Array(1).fill(0.01) }
    const price = Math.exp((-0.04 * 91) / 365)
    const shifted = 1 / (1 / price + (0.01 * 91) / 365)
    // The rise of the discount rate of a 13-week bill, over the 48 days of the average rung that are left after one day.
    const expected = (((price - shifted) * 360) / 91) * (48 / 360)
    expect(saleAfter({ halfSpread: 0 }, shift)).toBeCloseTo(expected, 12)
    expect(expected).toBeCloseTo((0.01 * 48) / 365, 4)
  })

  it('without spread and at unchanged rates loses nothing', () => {
    expect(saleAfter({ halfSpread: 0 }, {})).toBeCloseTo(0, 12)
  })

  it('costs half the spread of calm markets, and that of stressed ones when the bill market is under stress', () => {
    const calm = saleAfter({ halfSpread: 0.0002 }, {}) - saleAfter({ halfSpread: 0 }, {})
    expect(calm).toBeCloseTo(0.0002, 12)
    const stressed =
      saleAfter({ halfSpread: 0.0002, halfSpreadStress: 0.0015 }, { billStress: new Float64Array(1).fill(1) }) -
      saleAfter({ halfSpread: 0 }, {})
    expect(stressed).toBeCloseTo(0.0015, 12)
  })
})

describe('the treasury', () => {
  it('raises USDC for waiting redemptions: cash first, a day later; then bills, three business days later', () => {
    const usdc: number[] = []
    playRoom(reserve, {
      days: 14,
      feed: (inputs, path, day) => {
        inputs.supply[path] = 1e6
        inputs.pendingRedemptions[path] = day >= 5 ? 5e5 : 0
      },
      parameters: { ...still, usdcTarget: 0.1, cashTarget: 0.1, rebalanceBand: 0 },
      meet: (_, column) => usdc.push(Math.round(column('usdc')[0])),
    })
    // Monday: all cash (about 100,000) is sent and bills are sold; Tuesday: it has come; Wednesday: so has the rest.
    expect(usdc[monday]).toBe(1e5)
    expect(usdc[monday + 1]).toBeGreaterThan(1.9e5)
    expect(usdc[monday + 1]).toBeLessThan(2.2e5)
    expect(usdc[monday + 2]).toBeGreaterThanOrEqual(6e5 - 1)
  })

  it('keeps still inside its band and trades back to the target outside', () => {
    const run = (rebalanceBand: number) =>
      playRoom(reserve, {
        days: 4,
        feed: backing(1e6),
        parameters: { ...still, usdcTarget: 0.1, cashTarget: 0.1, rebalanceBand },
        meet: (operations, _, day) => day === 0 && operations.payUsdc(0, 4000),
      })('usdc')[0]
    expect(run(0.005)).toBe(96_000)
    expect(run(0.001)).toBeCloseTo(1e5, 6)
  })
})

describe('the price of USDC', () => {
  it('follows its lever inside the day, and its calm deviation has the stated standard deviation', () => {
    const lever = Float64Array.from({ length: 8 }, (_, t) => (t >= 2 && t < 5 ? 0.88 : 1))
    const price = playRoom(reserve, {
      days: 2,
      ticksPerDay: 4,
      paths: 4000,
      feed: backing(1e6),
      levers: { usdcPrice: lever },
    })('usdcPrice')
    // Day 1 begins at tick 4, still at 0.88; the room alone has no ticks. Two days in, 76 % of the variance is there.
    const mean = price.reduce((sum, x) => sum + x, 0) / price.length
    const sd = Math.sqrt(price.reduce((sum, x) => sum + (x - mean) ** 2, 0) / price.length)
    expect(mean).toBeCloseTo(0.88, 4)
    const kept = 0.5 ** (48 / 51)
    // Four standard errors of a standard deviation from 4,000 draws: 4 / sqrt(8000) = 4.5 %.
    expect(Math.abs(sd / (0.88 * 0.00053 * Math.sqrt(1 - kept * kept)) - 1)).toBeLessThan(0.045)
  })
})

describe('what the reserve refuses', () => {
  it('says so when the deals exceed the claims that fund them', () => {
    const feed = (inputs: Readonly<Record<string, Float64Array>>) => {
      inputs.supply[0] = 1e6
      inputs.outstanding[0] = 2e6
    }
    expect(() => playRoom(reserve, { feed })).toThrow(/deals of 2000000 USD exceed the claims of 1000000 USD/)
  })

  it('pays never more than it has, and nothing for nonsense', () => {
    playRoom(reserve, {
      feed: backing(1e6),
      parameters: { ...idle, usdcTarget: 0.1, cashTarget: 0.1 },
      meet: (operations) => {
        expect(operations.payUsdc(0, 2e5)).toBe(1e5)
        expect(operations.payUsdc(0, 1)).toBe(0)
        expect(operations.payCash(0, -5)).toBe(0)
        expect(operations.payCash(0, 1e9)).toBe(1e5)
        operations.receiveUsdc(0, Number.NaN)
        operations.receiveUsdc(0, 7)
        expect(operations.payUsdc(0, 9)).toBe(7)
        expect(operations.liquid(0)).toBeCloseTo(8e5 + operations.incomeTaken(0), 6)
      },
    })
  })

  it('loses the deposits that a failed bank takes', () => {
    const reserveColumn = playRoom(reserve, {
      feed: backing(1e6),
      parameters: { ...idle, usdcTarget: 0, cashTarget: 0.5 },
      levers: { depositLoss: new Float64Array(1).fill(0.25) },
    })
    expect(reserveColumn('cash')[0]).toBe(375_000)
    expect(reserveColumn('lossToday')[0]).toBe(125_000)
  })
})
