import { describe, expect, it } from 'vitest'
import { dealParameters } from '../../models/deals/parameters.ts'
import { deals } from '../../models/deals/room.ts'
import { tapeTable } from '../../models/deals/tape.ts'
import { amortisationSchedule } from '../../models/ledger/amortisation.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { borrower, calmMarket, h100, loan, noLuck, playDeals, scaleRents, sellAt } from '../support/loneDeals.ts'

const one = [borrower('only', { startingCash: 12 })]
const never = { accelerationLoanToValue: 10, ltvCovenant: 5 }

describe('the book of the first day', () => {
  const column = playDeals({ days: 1 })
  const rows = tapeTable.rows

  it('holds twelve deals of seven borrowers worth 12.75 million USD, 40 % of them owed by one related party', () => {
    expect(rows.length).toBe(12)
    expect(new Set(rows.map((row) => row.borrower)).size).toBe(7)
    expect(column('outstanding')[0]).toBeCloseTo(12.75e6, 6)
    expect(column('largestShare')[0]).toBeCloseTo(0.4, 12)
    expect(column('relatedShare')[0]).toBeCloseTo(0.4, 12)
  })

  it('mixes debt, equity and hybrid as 80, 5 and 15 %', () => {
    const part = (type: string) =>
      rows.filter((row) => row.type === type).reduce((sum, row) => sum + row.principal, 0) / 12.75e6
    expect(part('debt')).toBeCloseTo(0.8, 12)
    expect(part('equity')).toBeCloseTo(0.05, 12)
    expect(part('hybrid')).toBeCloseTo(0.15, 12)
  })

  it('is covered by 133 % of machines at the prices of that day', () => {
    expect(column('collateralValue')[0] / column('outstanding')[0]).toBeCloseTo(
      1 + dealParameters.overCollateralisation.value,
      12,
    )
  })

  it('declares a source for every number', () => {
    for (const [name, parameter] of Object.entries(deals.parameters)) {
      expect(parameter.source.length, name).toBeGreaterThan(5)
    }
  })
})

describe('coverage and shares', () => {
  it('tests 64 GPUs at 80 % of 2.35 USD against a level payment as published arithmetic does', () => {
    const column = playDeals({
      days: 1,
      borrowers: one,
      tape: [loan('a', 'only', { units: 64 })],
      parameters: noLuck,
      market: (market, path) => {
        market.spot[path + h100] = 2.35
        market.utilisation[path] = 0.8
      },
    })
    expect(column('payment')[0]).toBeCloseTo(48_012.88, 2)
    expect(column('dscr')[0]).toBeCloseTo(1.391493, 6)
  })

  it('pays an equity deal 70 % of the gross revenue of its 60 GPUs and returns the capital first', () => {
    const paid: number[] = []
    const column = playDeals({
      days: 40,
      borrowers: one,
      tape: [loan('e', 'only', { type: 'equity', rate: 0, revenueShare: 0.7, units: 60, tenorMonths: 36 })],
      parameters: { ...noLuck, pipelineSlots: 0 },
      market: (market, path) => {
        market.spot[path + h100] = 2.35
        market.utilisation[path] = 0.8
      },
      meet: (operations, of, path) => {
        const today = of('interestToday')[path] + of('principalToday')[path]
        if (today > 0) paid.push(today)
        operations.settled(path)
      },
    })
    // The first payment falls on day 31 (2026-08-03 is the business day after): the month of 57,640.80 USD, by days.
    const days = 33
    expect(paid).toHaveLength(1)
    expect(paid[0]).toBeCloseTo((57_640.8 * days) / (365 / 12), 6)
    expect(column('slotRepaid')[0]).toBeCloseTo(1_000_000 / 36, 6)
  })
})

describe('payments', () => {
  it.each([
    [1_000_000, 0.14, 24],
    [5_000_000, 0.15, 36],
    [750_000, 0.12, 3],
  ])(
    'of a loan of %d at %d over %d months follow the exact schedule to the rounding of cents',
    (principal, rate, months) => {
      const exact = amortisationSchedule(BigInt(principal) * 100n, rate, months)
      const flows: number[][] = []
      const column = playDeals({
        days: Math.min(1095, Math.ceil((months * 365) / 12) + 5),
        borrowers: one,
        tape: [loan('a', 'only', { principal, rate, tenorMonths: months, units: 10_000 })],
        parameters: { ...noLuck, ...never },
        meet: (operations, of, path) => {
          if (of('principalToday')[path] > 0) flows.push([of('interestToday')[path], of('principalToday')[path]])
          operations.settled(path)
        },
      })
      // The 36th payment of the longest loan is due on the last day of the longest run and may wait for a business day.
      expect(flows.length).toBeGreaterThanOrEqual(Math.min(months, 35))
      flows.forEach(([interest, repaid], k) => {
        // Each month's rounding is at most a cent, and the last payment collects them all.
        const tolerance = k === months - 1 ? 0.01 * months : 0.011 * (k + 1)
        expect(Math.abs(interest - Number(exact.rows[k].interest) / 100)).toBeLessThan(tolerance)
        expect(Math.abs(repaid - Number(exact.rows[k].principal) / 100)).toBeLessThan(tolerance)
      })
      if (flows.length === months) expect(column('status')[0]).toBe(7)
    },
  )

  it('bring every deal back in full while rents are ample, with the interest of its contract', () => {
    const tape = tapeTable.rows.filter((row) => row.type === 'debt').map((row) => ({ ...row, units: 5_000 }))
    const column = playDeals({ days: 1095, tape, parameters: { ...noLuck, ...never } })
    const owed = tape.map((row, s) => {
      const months = row.tenorMonths - Math.floor(row.ageMonths)
      const simple = (row.principal * row.rate) / 12
      if (row.structure === 'amortising') return column('payment')[s] * months - row.principal
      return simple * (row.structure === 'bullet' ? row.tenorMonths : months)
    })
    expect(column('outstanding')[0]).toBe(0)
    expect(column('writtenOffTotal')[0]).toBe(0)
    expect(column('defaultsCumulative')[0]).toBe(0)
    expect(column('repaidTotal')[0]).toBeCloseTo(10.2e6, 4)
    expect(column('interestTotal')[0]).toBeCloseTo(
      owed.reduce((sum, usd) => sum + usd, 0),
      3,
    )
  })

  it('earn the base book about 16.7 % of its mean balance before losses', () => {
    let mean = 0
    // Prices and rents that the markets of the base economy show on the first day.
    const prices = [7459, 27530, 36938, 57783, 83910]
    const column = playDeals({
      days: 365,
      parameters: noLuck,
      market: (market, path) => market.price.set(prices, path * prices.length),
      meet: (_, of, path) => {
        mean += of('outstanding')[path] / 365
      },
    })
    expect(column('defaultsCumulative')[0]).toBe(0)
    expect(column('interestTotal')[0] / mean).toBeGreaterThan(0.162)
    expect(column('interestTotal')[0] / mean).toBeLessThan(0.172)
  })
})

describe('default', () => {
  it.each([0, 10, 30, 45])('comes after %d days of grace and never before, when nothing is earned', (graceDays) => {
    const missed = new Map<number, number>()
    const tape = tapeTable.rows.filter((row) => row.type !== 'equity').map((row) => ({ ...row, cashReserveShare: 0 }))
    const names = deals.tables.borrowers.rows.map((row) => ({ ...row, startingCash: 0 }))
    const column = playDeals({
      days: 240,
      tape,
      borrowers: names,
      parameters: { ...noLuck, graceDays },
      // The first day is needed to pledge collateral; from then on nothing is earned.
      market: (market, path, day) => scaleRents(market, path, day === 0 ? 1 : 0),
      meet: (_, of, __, day) => {
        tape.forEach((___, s) => {
          if (of('status')[s] === 3 && !missed.has(s)) missed.set(s, day)
        })
      },
    })
    tape.forEach((row, s) => {
      expect(column('status')[s], row.name).toBeGreaterThanOrEqual(4)
      expect(column('defaultedOn')[s], row.name).toBeGreaterThan(0)
      expect(column('defaultedOn')[s] - column('lateSince')[s]).toBeGreaterThanOrEqual(graceDays)
      if (graceDays > 0 && missed.has(s)) expect(column('lateSince')[s]).toBeLessThanOrEqual(missed.get(s) as number)
    })
    expect(column('defaultsCumulative')[0]).toBe(6)
  })

  it('takes all deals of the borrower with it, and seizes their reserves', () => {
    const lever = new Float64Array(30)
    lever[10] = 1
    const column = playDeals({ days: 30, parameters: { ...noLuck }, levers: { defaultLargest: lever } })
    const mine = [0, 1, 2]
    const lent = mine.map((s) => column('slotFunded')[s])
    for (const s of mine) {
      expect(column('defaultedOn')[s]).toBe(10)
      expect(column('status')[s]).toBe(4)
      expect(column('recovered')[s]).toBeCloseTo(0.067 * lent[s], 6)
    }
    expect(column('defaultsCumulative')[0]).toBe(1)
    expect(column('dealsDefaulted')[0]).toBe(3)
    expect(column('defaultedAmount')[0]).toBeCloseTo(
      lent.reduce((sum, usd) => sum + usd, 0),
      6,
    )
    expect(column('status')[3]).toBeLessThan(3)
  })

  it('seizes the largest borrower in a tick of the day, not only in its first', () => {
    const defaulted = (tick: number) => {
      const lever = new Float64Array(30)
      lever[tick] = 1
      return playDeals({ days: 30, parameters: noLuck, levers: { defaultLargest: lever } })('defaultsCumulative')[0]
    }
    expect(defaulted(29)).toBe(1)
  })
})

describe('a workout', () => {
  const lever = new Float64Array(300)
  lever[1] = 1
  const half = 0.5 * 0.8 * 34_000
  const play = (parameters: Record<string, number | string>, terms: Record<string, number> = {}, usd = half) =>
    playDeals({
      days: 300,
      borrowers: one,
      tape: [loan('a', 'only', terms)],
      parameters: { ...noLuck, overCollateralisation: 0.2, ...parameters },
      levers: { defaultLargest: lever },
      meet: sellAt(usd),
    })

  it('loses what the machines fall short of after costs', () => {
    const column = play({})
    const brought = 1_200_000 * 0.5 * 0.92
    expect(column('status')[0]).toBe(7)
    expect(column('writtenOffTotal')[0]).toBeCloseTo(1_000_000 - brought, 4)
    expect(column('worstLossGivenDefault')[0]).toBeCloseTo(1 - brought / 1_000_000, 9)
  })

  it('begins after the legal delay and lasts the weeks of sale', () => {
    const done: number[] = []
    playDeals({
      days: 300,
      borrowers: one,
      tape: [loan('a', 'only')],
      parameters: { ...noLuck, legalDelay: 90, saleWeeks: 4 },
      levers: { defaultLargest: lever },
      meet: (operations, of, path, day) => {
        const before = of('units')[0]
        sellAt(half)(operations, of, path, day)
        if (of('units')[0] < before) done.push(day)
      },
    })
    expect(done[0]).toBe(91)
    expect(done).toHaveLength(20)
  })

  it('would have lost nothing with the cover that it says was required, and something with less', () => {
    const requiredCover = play({})('requiredCover')[0]
    expect(requiredCover).toBeCloseTo(1 / (0.5 * 0.92), 9)
    expect(play({ overCollateralisation: requiredCover - 1 + 1e-9 })('writtenOffTotal')[0]).toBeLessThan(1e-2)
    expect(play({ overCollateralisation: requiredCover - 1.01 })('writtenOffTotal')[0]).toBeGreaterThan(1000)
  })

  it('lets the underwriter bear the first loss', () => {
    const loss = play({})('writtenOffTotal')[0]
    expect(play({ firstLoss: 0.1 })('writtenOffTotal')[0]).toBeCloseTo(loss - 100_000, 4)
    expect(play({ firstLoss: 0.5 })('writtenOffTotal')[0]).toBe(0)
  })

  it('lets the insurer pay its share after its delay, unless it has failed', () => {
    const loss = play({})('writtenOffTotal')[0]
    const days: number[] = []
    const insured = { insuranceShare: 0.6 }
    const column = playDeals({
      days: 300,
      borrowers: one,
      tape: [loan('a', 'only', insured)],
      parameters: { ...noLuck, overCollateralisation: 0.2, insurerDefaultProbability: 0, insuranceLag: 100 },
      levers: { defaultLargest: lever },
      meet: (operations, of, path, day) => {
        sellAt(half)(operations, of, path, day)
        if (of('insuranceToday')[path] > 0) days.push(day)
        operations.settled(path)
      },
    })
    expect(column('writtenOffTotal')[0]).toBeCloseTo(0.4 * loss, 4)
    expect(days).toHaveLength(1)
    expect(days[0]).toBeGreaterThanOrEqual(1 + 60 + 40 + 100)
    // With half of all insurers failing a year, some of these forty paths have one that does not pay.
    const failing = playDeals({
      days: 300,
      paths: 40,
      borrowers: one,
      tape: [loan('a', 'only', insured)],
      parameters: { ...noLuck, overCollateralisation: 0.2, insurerDefaultProbability: 0.5, insuranceLag: 100 },
      levers: { defaultLargest: lever },
      meet: sellAt(half),
    })
    const unpaid = Array.from(failing('writtenOffTotal')).filter((usd) => usd > 0.9 * loss).length
    // Failed within about 205 days: 1 − 0.5^(205/365) = 32 %, 13 of 40; outside 5 … 30 with probability below 1e-2, seed fixed.
    expect(unpaid).toBeGreaterThan(5)
    expect(unpaid).toBeLessThan(30)
  })

  it('gives an unsecured lender its share of the proceeds only', () => {
    const column = play({ recourse: 'unsecured', unsecuredShare: 0.3 })
    expect(column('writtenOffTotal')[0]).toBeCloseTo(1_000_000 - 0.3 * 1_200_000 * 0.5 * 0.92, 4)
  })

  it('returns a surplus to the borrower and keeps only what is owed', () => {
    const column = play({}, {}, 40_000)
    expect(column('writtenOffTotal')[0]).toBe(0)
    expect(column('recoveredTotal')[0]).toBeCloseTo(1_000_000, 4)
  })

  it('is impaired before it ends by what today’s prices leave uncovered, never by more than is owed', () => {
    const column = playDeals({
      days: 20,
      borrowers: one,
      tape: [loan('a', 'only')],
      parameters: { ...noLuck, overCollateralisation: 0.2, impairmentHaircut: 0.3 },
      levers: { defaultLargest: lever.slice(0, 20) },
    })
    expect(column('impairment')[0]).toBeCloseTo(1_000_000 - 1_200_000 * 0.7 * 0.92, 4)
  })

  it('may hand the machines to a partner, whose income repays the claim until they are sold', () => {
    const column = playDeals({
      days: 300,
      borrowers: one,
      tape: [loan('a', 'only')],
      parameters: { ...noLuck, hostedMonths: 3 },
      levers: { defaultLargest: lever },
      meet: (operations, of, path, day) => {
        const slot = operations.awaitingDecision(path)
        if (slot >= 0) expect(operations.host(path, slot, 0.9, 0.8, 15, 10_000)).toBe(1)
        if (of('status')[0] === 6) sellAt(half)(operations, of, path, day)
      },
    })
    const units = ((4 / 3) * 1_000_000) / (0.8 * 34_000)
    const income = 3 * 0.8 * units * 730 * (0.75 * 0.9 * 2.65 - 0.45) - 10_000
    expect(column('collateralBrought')[0]).toBeCloseTo(income + units * half * 0.92, 3)
  })

  it('estimates losses lower while a deal is only late', () => {
    const column = playDeals({
      days: 40,
      borrowers: [borrower('only')],
      tape: [loan('a', 'only')],
      parameters: { ...noLuck, overCollateralisation: 0.2, impairmentHaircut: 0.3, lateLossWeight: 0.25 },
      market: (market, path, day) => {
        if (day > 0) scaleRents(market, path, 0)
      },
    })
    expect(column('status')[0]).toBe(3)
    expect(column('impairment')[0]).toBeCloseTo(0.25 * (1_000_000 - 1_200_000 * 0.7 * 0.92), 4)
  })
})

describe('the hazard outside rents', () => {
  it('adds its mean a day under a factor that is known', () => {
    const at = (factor: number) =>
      playDeals({
        days: 73,
        parameters: { overlayProbability: 0.08, wrongWayLoading: 0.9 },
        market: (market, path) => {
          calmMarket(market, path)
          market.factor[path] = factor
        },
      })('hazard')[0]
    const daily = 0.0833816089391051 / 365
    expect(at(0)).toBeCloseTo(73 * daily * exp(-0.405), 12)
    expect(at(-2)).toBeCloseTo(73 * daily * exp(1.8 - 0.405), 12)
  })
})
