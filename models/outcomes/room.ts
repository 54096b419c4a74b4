/** What is remembered of a path at its end: the worst it saw, and who bore what. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { movingAverages } from './averages.ts'

/** Averaging windows of the peg, in hours. */
export const pegWindows = [1, 24, 72] as const

export const outcomes = defineRoom({
  name: 'outcomes',
  meaning: 'What is remembered of a path at its end: its worst moments, and who bore which loss.',
  state: {
    minimumTwap1h: { unit: 'USD', meaning: 'Lowest 1-hour average price of AID' },
    minimumTwap24h: { unit: 'USD', meaning: 'Lowest 24-hour average price of AID' },
    minimumTwap72h: { unit: 'USD', meaning: 'Lowest 72-hour average price of AID' },
    lowestPrice: { unit: 'USD', meaning: 'Lowest price of AID at the end of a tick' },
    lowestPriceOfDay: { unit: 'USD', meaning: 'Lowest price of AID in the day' },
    meanPrice: { unit: 'USD', meaning: 'Average price of AID over the run' },
    hoursBelow99: { unit: 'hours', meaning: 'Hours with AID below 0.99 dollars' },
    minimumCoverage: { unit: '1', meaning: 'Lowest coverage of AID' },
    minimumLiquidityRatio: { unit: '1', meaning: 'Lowest ratio of liquid assets to the AID that may ask for dollars' },
    requiredLiquid: {
      unit: '1',
      meaning:
        'Liquid reserve at the start, as a share of AID supply, that would have met the worst shortfall of the path',
    },
    worstDrawdown: { unit: '1', meaning: 'Deepest fall of the sAID exit NAV from its peak' },
    finalLoss: { unit: '1', meaning: 'Loss of a share of sAID held from start to end, 0 when it gained' },
    netYield: { unit: '1/year', meaning: 'Annual growth of the exit NAV of sAID up to the last first of a month' },
    longestWait: { unit: 'days', meaning: 'Longest wait of an exit request beyond its due date' },
    exitFailure: { unit: '1', meaning: '1 when an sAID exit stayed unpaid for three cycles' },
    redemptionFailure: { unit: '1', meaning: '1 when an AID redemption stayed unpaid beyond two business days' },
    supplyAtEnd: { unit: 'AID', meaning: 'AID in existence at the end' },
    supplyAtStart: { unit: 'AID', meaning: 'AID in existence at the start' },
    stakedAtEnd: { unit: '1', meaning: 'Share of AID value that is staked at the end' },
    liquidAtEnd: { unit: '1', meaning: 'Liquid assets over all assets at the end' },
    deployedAtEnd: { unit: '1', meaning: 'Deals over the fund at the end' },
    defaults: { unit: 'deals', meaning: 'Deals in default since the start' },
    dealLoss: {
      unit: 'USD',
      meaning: 'Written off on deals net of recoveries, with the expected loss of workouts still open at the end',
    },
    dealYield: { unit: '1/year', meaning: 'Income of the deals over their average outstanding balance, before losses' },
    requiredCover: {
      unit: '1',
      meaning: 'Collateral over balance at origination that would have made the worst default whole',
    },
    requiredFirstLoss: {
      unit: '1',
      meaning: 'First-loss cover, as a share of the deals at the start, that would have absorbed all write-offs',
    },
    lossOfSaid: { unit: 'USD', meaning: 'Losses borne by sAID through its NAV' },
    lossOfInsurance: { unit: 'USD', meaning: 'Losses borne by the insurance reserve' },
    lossOfSurplus: { unit: 'USD', meaning: 'Losses borne by the surplus' },
    lossOfAid: { unit: 'USD', meaning: 'Deficit left to holders of AID at the end' },
    lossOfLenders: {
      unit: 'USD',
      meaning: 'Bad debt of lenders, with principal that collateral would not repay at the end',
    },
    lossOfProviders: { unit: 'USD', meaning: 'What shares of the AID pool are worth below par at the end’s price' },
    lossOfLoopers: { unit: 'USD', meaning: 'Liquidation penalties and slippage borne by loopers' },
    rentAtEnd: { unit: '1', meaning: 'Index of GPU rents at the end, 1 at the start' },
    gateHours: { unit: 'hours', meaning: 'Hours with the AID queue not empty' },
  },
  inputs: {
    aidPrice: { unit: 'USD', meaning: 'Price of AID' },
    coverage: { unit: '1', meaning: 'Coverage of AID' },
    liquidityRatio: { unit: '1', meaning: 'Liquidity ratio' },
    liquid: { unit: 'USD', meaning: 'Liquid assets' },
    available: { unit: 'USD', meaning: 'Liquid assets that stand behind those claims' },
    claims: { unit: 'USD', meaning: 'AID that may ask for dollars' },
    drawdown: { unit: '1', meaning: 'Fall of the exit NAV' },
    exitNav: { unit: 'AID/share', meaning: 'Price of exit from sAID' },
    overdueDays: { unit: 'days', meaning: 'Days that the oldest exit is past its due date' },
    exitFailed: { unit: '1', meaning: '1 once an exit was left unfilled too often' },
    redemptionFailed: { unit: '1', meaning: '1 once a redemption was late' },
    pendingRedemptions: { unit: 'AID', meaning: 'AID waiting for redemption' },
    supply: { unit: 'AID', meaning: 'AID in existence' },
    vaultAssets: { unit: 'USD', meaning: 'Assets of sAID' },
    dealsGross: { unit: 'USD', meaning: 'Outstanding balance of all deals' },
    defaults: { unit: 'deals', meaning: 'Defaults since the start' },
    writtenOff: { unit: 'USD', meaning: 'Written off since the start' },
    impairment: { unit: 'USD', meaning: 'Expected loss of deals in trouble, not yet realised' },
    dealIncome: { unit: 'USD', meaning: 'Income of deals since the start' },
    requiredCover: { unit: '1', meaning: 'Cover that would have made the worst default whole' },
    lossOfSaid: { unit: 'USD', meaning: 'Losses of sAID since the start' },
    lossOfInsurance: { unit: 'USD', meaning: 'Losses of the insurance reserve' },
    lossOfSurplus: { unit: 'USD', meaning: 'Losses of the surplus' },
    deficit: { unit: 'USD', meaning: 'AID not backed' },
    badDebt: { unit: 'USDC', meaning: 'Bad debt of the lending market' },
    hiddenShortfall: { unit: 'USDC', meaning: 'Bad debt that no liquidation has shown yet' },
    looperLoss: { unit: 'USDC', meaning: 'Penalties of liquidated loopers' },
    poolAid: { unit: 'AID', meaning: 'AID in the pool' },
    poolUsdc: { unit: 'USDC', meaning: 'USDC in the pool' },
    poolInvariant: { unit: 'USDC', meaning: 'Invariant of the pool: its value at par' },
    poolPrice: { unit: 'USDC', meaning: 'Price of AID in USDC' },
    rentIndex: { unit: '1', meaning: 'Index of GPU rents' },
  },
  open({ state: s, inputs: i, clock, paths, own }) {
    const hours = 24 / clock.ticksPerDay
    const windows = pegWindows.map((w) => Math.max(1, Math.round(w / hours)))
    const averages = movingAverages(paths, windows, [s.minimumTwap1h, s.minimumTwap24h, s.minimumTwap72h], own)
    const liquidAtStart = own(new Float64Array(paths))
    const dealsAtStart = own(new Float64Array(paths))
    const navAtStart = own(new Float64Array(paths))
    const priceSum = own(new Float64Array(paths))
    const bookSum = own(new Float64Array(paths))
    const worstGap = own(new Float64Array(paths))

    const worsen = (p: number): void => {
      const price = i.aidPrice[p]
      averages.add(p, price)
      priceSum[p] += price
      if (price < s.lowestPrice[p]) s.lowestPrice[p] = price
      if (clock.tick === 0 || price < s.lowestPriceOfDay[p]) s.lowestPriceOfDay[p] = price
      if (price < 0.99) s.hoursBelow99[p] += hours
      if (i.pendingRedemptions[p] > 0) s.gateHours[p] += hours
      if (i.coverage[p] < s.minimumCoverage[p]) s.minimumCoverage[p] = i.coverage[p]
      if (i.liquidityRatio[p] < s.minimumLiquidityRatio[p]) s.minimumLiquidityRatio[p] = i.liquidityRatio[p]
      const gap = i.claims[p] - i.available[p]
      if (gap > worstGap[p]) worstGap[p] = gap
      if (i.drawdown[p] > s.worstDrawdown[p]) s.worstDrawdown[p] = i.drawdown[p]
    }

    const close = (p: number): void => {
      const day = clock.day + 1
      bookSum[p] += i.dealsGross[p]
      if (i.overdueDays[p] > s.longestWait[p]) s.longestWait[p] = i.overdueDays[p]
      s.exitFailure[p] = i.exitFailed[p]
      s.redemptionFailure[p] = i.redemptionFailed[p]
      s.meanPrice[p] = priceSum[p] / (day * clock.ticksPerDay)
      s.requiredLiquid[p] = Math.max(0, liquidAtStart[p] + worstGap[p]) / s.supplyAtStart[p]
      s.finalLoss[p] = Math.max(0, 1 - i.exitNav[p] / navAtStart[p])
      // Income is injected on the first of a month, so only then is the growth of NAV that of the days gone by.
      if (clock.dayOfMonth === 1 && clock.day > 0)
        s.netYield[p] = (i.exitNav[p] / navAtStart[p] - 1) * (365 / clock.day)
      s.dealYield[p] = bookSum[p] > 0 ? (i.dealIncome[p] / bookSum[p]) * 365 : 0
      s.requiredFirstLoss[p] = dealsAtStart[p] > 0 ? (i.writtenOff[p] + i.impairment[p]) / dealsAtStart[p] : 0
    }

    const copy = (p: number): void => {
      s.supplyAtEnd[p] = i.supply[p]
      s.stakedAtEnd[p] = i.vaultAssets[p] / Math.max(1, i.supply[p])
      s.liquidAtEnd[p] = i.liquid[p] / Math.max(1, i.liquid[p] + i.dealsGross[p])
      s.deployedAtEnd[p] = i.vaultAssets[p] > 0 ? i.dealsGross[p] / i.vaultAssets[p] : 0
      s.defaults[p] = i.defaults[p]
      s.dealLoss[p] = i.writtenOff[p] + i.impairment[p]
      s.requiredCover[p] = i.requiredCover[p]
      s.lossOfSaid[p] = i.lossOfSaid[p]
      s.lossOfInsurance[p] = i.lossOfInsurance[p]
      s.lossOfSurplus[p] = i.lossOfSurplus[p]
      s.lossOfAid[p] = i.deficit[p]
      s.lossOfLenders[p] = i.badDebt[p] + i.hiddenShortfall[p]
      s.lossOfLoopers[p] = i.looperLoss[p]
      s.lossOfProviders[p] = Math.max(0, i.poolInvariant[p] - (i.poolAid[p] * i.poolPrice[p] + i.poolUsdc[p]))
      s.rentAtEnd[p] = i.rentIndex[p]
    }

    return {
      start(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          averages.start(p)
          priceSum[p] = 0
          bookSum[p] = 0
          s.lowestPrice[p] = i.aidPrice[p]
          s.minimumCoverage[p] = i.coverage[p]
          s.minimumLiquidityRatio[p] = i.liquidityRatio[p]
          s.supplyAtStart[p] = i.supply[p]
          liquidAtStart[p] = i.available[p]
          dealsAtStart[p] = i.dealsGross[p]
          navAtStart[p] = i.exitNav[p]
          worstGap[p] = i.claims[p] - i.available[p]
        }
      },
      tick(active, count) {
        for (let k = 0; k < count; k++) worsen(active[k])
      },
      step(active, count) {
        const last = clock.day === clock.days - 1
        for (let k = 0; k < count; k++) {
          close(active[k])
          if (last) copy(active[k])
        }
      },
    }
  },
})
