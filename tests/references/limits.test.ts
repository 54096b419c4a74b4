/** The whole economy in limits where the answer is known. */
import { describe, expect, it } from 'vitest'
import type { ParameterSettings } from '../../sim/kernel/plan.ts'
import { fromDay, runEconomy } from '../support/economyRuns.ts'

/** Nobody comes, goes, trades or fears. */
const stillHolders = {
  flowVolatility: 0,
  flowDrift: 0,
  yieldElasticity: 0,
  noiseTrade: 0,
  thresholdSpread: 0,
  gapScale: 0.2,
  shortageScale: 1,
  drawdownScale: 1,
  queueScale: 365,
  herding: 0,
}
const noCredit = { overlayProbability: 0, revenueNoise: 0 }

describe('limits of the economy', () => {
  it('keeps the peg at its start when nobody trades, whatever happens to the deals (losses sit in sAID)', () => {
    const days = 120
    const result = runEconomy({
      paths: 2,
      days,
      ticksPerDay: 4,
      parameters: { holders: { ...stillHolders, drawdownScale: 1 }, lending: { debt: 0 } },
      levers: {
        gpuMarket: { rentFactor: fromDay(days, 4, 3, 1, 0.4) },
        deals: { defaultLargest: fromDay(days, 4, 5, 0, 1) },
      },
      columns: [
        'outcomes.minimumTwap1h',
        'outcomes.lowestPrice',
        'deals.dealsDefaulted',
        'vault.drawdown',
        'outcomes.lossOfAid',
        'signals.backing',
      ],
    })
    for (let p = 0; p < 2; p++) {
      expect(result['deals.dealsDefaulted'][p]).toBeGreaterThan(0)
      expect(result['vault.drawdown'][p]).toBeGreaterThan(0)
      // What bill spreads cost AID's own reserve, not what the deals lost.
      expect(result['outcomes.lossOfAid'][p]).toBeLessThan(100)
      expect(result['signals.backing'][p]).toBeGreaterThan(1)
      expect(result['outcomes.minimumTwap1h'][p]).toBeGreaterThan(0.99)
    }
  })

  it('leaves no bad debt without loopers', () => {
    const days = 60
    const result = runEconomy({
      paths: 2,
      days,
      ticksPerDay: 6,
      parameters: { lending: { debt: 0 } },
      levers: { holders: { panic: fromDay(days, 6, 10, 0, 0.6) } },
      columns: ['lending.badDebt', 'lending.liquidations'],
    })
    expect(Array.from(result['lending.badDebt'])).toEqual([0, 0])
    expect(Array.from(result['lending.liquidations'])).toEqual([0, 0])
  })

  it('keeps the price inside the arbitrage band with free, open and costless redemption and ample capital', () => {
    const parameters: ParameterSettings = {
      aid: { redeemFee: 0, mintFee: 0, access: 'open' },
      aidPool: { fee: 0.0001 },
      reserve: { usdcTarget: 1, cashTarget: 0, usdcNoise: 0 },
      holders: {
        gas: 0,
        arbitrageHurdle: 0,
        patientHurdle: 3,
        arbitrageInflow: 1e9,
        arbitrageLimit: 1e10,
        flowVolatility: 0.001,
      },
      deals: noCredit,
      lending: { debt: 0 },
    }
    const result = runEconomy({ paths: 3, days: 60, ticksPerDay: 12, parameters, columns: ['outcomes.lowestPrice'] })
    for (const price of result['outcomes.lowestPrice']) expect(price).toBeGreaterThan(1 - 0.0005)
  })

  it('pays every redemption from a reserve that holds everything in USDC, whatever the run', () => {
    const days = 60
    const result = runEconomy({
      paths: 3,
      days,
      ticksPerDay: 6,
      parameters: { reserve: { usdcTarget: 1, cashTarget: 0 } },
      levers: { holders: { panic: fromDay(days, 6, 10, 0, 1) } },
      columns: ['aid.redemptionFailure', 'outcomes.gateHours'],
    })
    expect(Array.from(result['aid.redemptionFailure'])).toEqual([0, 0, 0])
  })

  it('flips the failure by the oracle: NAV lets bad debt hide, the market liquidates', () => {
    const days = 90
    const run = (oracle: string) =>
      runEconomy({
        paths: 4,
        days,
        ticksPerDay: 12,
        parameters: {
          lending: { oracle, debt: 2_000_000, healthAboveOne: 0.03 },
          saidPool: { depth: 3_000_000 },
          aidPool: { depth: 5_000_000 },
        },
        levers: {
          deals: { defaultLargest: fromDay(days, 12, 20, 0, 1) },
          holders: { panic: fromDay(days, 12, 25, 0, 0.3) },
        },
        columns: ['lending.liquidations', 'lending.liquidated', 'outcomes.lowestPrice'],
      })
    const nav = run('nav')
    const market = run('market')
    const sum = (column: Float64Array): number => column.reduce((total, x) => total + x, 0)
    expect(sum(market['lending.liquidated'])).toBeGreaterThan(sum(nav['lending.liquidated']))
  })

  it('changes who loses with the exit rule, not how much the deals lose', () => {
    const days = 130
    const run = (exitRule: string) =>
      runEconomy({
        paths: 3,
        days,
        ticksPerDay: 2,
        parameters: { vault: { exitRule }, holders: stillHolders, lending: { debt: 0 }, treasury: { lendingPace: 0 } },
        levers: { deals: { defaultLargest: fromDay(days, 2, 20, 0, 1) } },
        columns: ['deals.writtenOffTotal'],
      })
    expect(Array.from(run('fifo')['deals.writtenOffTotal'])).toEqual(
      Array.from(run('proRata')['deals.writtenOffTotal']),
    )
  })

  it('lets a larger reserve, thicker collateral or lower default rates never make credit losses worse (same luck)', () => {
    const base: ParameterSettings = {
      deals: { overlayProbability: 0.2 },
      holders: stillHolders,
      lending: { debt: 0 },
      treasury: { lendingPace: 0 },
    }
    const loss = (deals: Record<string, number>): Float64Array =>
      runEconomy({
        paths: 12,
        days: 300,
        ticksPerDay: 1,
        parameters: { ...base, deals: { ...base['deals'], ...deals } },
        columns: ['deals.writtenOffTotal'],
      })['deals.writtenOffTotal']
    const standard = loss({})
    const covered = loss({ firstLoss: 0.2 })
    const rarer = loss({ overlayProbability: 0.05 })
    const none = loss({ overlayProbability: 0 })
    let total = 0
    standard.forEach((value, p) => {
      expect(covered[p]).toBeLessThanOrEqual(value + 1e-6)
      total += value
    })
    expect(total).toBeGreaterThan(0)
    const sum = (column: Float64Array): number => column.reduce((s, x) => s + x, 0)
    expect(sum(rarer)).toBeLessThanOrEqual(total)
    expect(sum(none)).toBeLessThanOrEqual(sum(rarer))
  })

  it('shows bad debt once and in full: loopers under water in a deep pool end without collateral and without debt', () => {
    const days = 60
    const result = runEconomy({
      paths: 3,
      days,
      ticksPerDay: 6,
      parameters: {
        holders: { ...stillHolders, patientHurdle: 0.01 },
        lending: { oracle: 'navWithLoss', debt: 600_000, healthAboveOne: 0.02 },
        saidPool: { depth: 4_000_000 },
        aidPool: { depth: 3_000_000 },
      },
      // Rents all but vanish and borrowers stop paying: sAID loses much of its NAV within weeks.
      levers: {
        gpuMarket: { rentFactor: fromDay(days, 6, 5, 1, 0.05) },
        deals: { borrowerStress: fromDay(days, 6, 5, 1, 1000) },
      },
      columns: [
        'lending.badDebt',
        'lending.borrowAssets',
        'lending.collateralTotal',
        'lending.liquidations',
        'vault.drawdown',
      ],
    })
    for (let p = 0; p < 3; p++) {
      expect(result['vault.drawdown'][p]).toBeGreaterThan(0.2)
      expect(result['lending.liquidations'][p]).toBeGreaterThan(0)
      expect(result['lending.badDebt'][p]).toBeGreaterThan(100_000)
      expect(result['lending.badDebt'][p]).toBeLessThan(700_000)
      expect(result['lending.collateralTotal'][p]).toBeLessThan(1)
      expect(result['lending.borrowAssets'][p]).toBeLessThan(1)
    }
  })

  it('asks for cover also when a default comes too shortly before the end to be worked out', () => {
    const days = 120
    const result = runEconomy({
      paths: 3,
      days,
      ticksPerDay: 1,
      levers: { deals: { defaultLargest: fromDay(days, 1, 100, 0, 1) } },
      columns: ['deals.requiredCover', 'deals.troubled'],
    })
    for (let p = 0; p < 3; p++) {
      expect(result['deals.troubled'][p]).toBeGreaterThan(0)
      expect(result['deals.requiredCover'][p]).toBeGreaterThan(0.5)
    }
  })

  it('keeps the fund lent to its target through a calm year', () => {
    const result = runEconomy({ paths: 6, days: 330, ticksPerDay: 1, columns: ['outcomes.deployedAtEnd'] })
    const shares = Array.from(result['outcomes.deployedAtEnd']).sort((a, b) => a - b)
    expect(shares[3]).toBeGreaterThan(0.78)
    expect(shares[3]).toBeLessThan(0.92)
  })
})
