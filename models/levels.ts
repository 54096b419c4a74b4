/** How far a path is on its way to a failure: where multilevel splitting multiplies paths. */
import type { LevelFunction } from '../sim/kernel/splitting/declaration.ts'

/** Market value of the machines over the balance, above which a deal worries nobody. */
const comfortableCover = 1.5
/** What a dollar of missing cover counts against a dollar of NAV already lost: most of it is never lost. */
const shareOfShortfall = 0.25
/** What a year still to come counts against NAV already lost, with rents where they were expected, and for each lasting deviation that they are below. */
const yearAhead = 0.1
const yearOfLowRents = 0.04
const daysOfYear = 365

/**
 * The fall of the exit NAV, the losses that falling collateral announces months before borrowers stop paying, and what time may
 * still bring, more where rents are low. The weights are judgement, guided by a regression of falls beyond 30 % on plain years of
 * base: they decide what an estimate costs, never what it is on average.
 */
const saidLoss: LevelFunction = {
  name: 'saidLoss',
  meaning:
    `Fall of the sAID exit NAV from its peak, with ${shareOfShortfall} of what collateral lacks to a cover of ${comfortableCover}, over the assets of the fund, ` +
    `and ${yearAhead} for a year still to come, ${yearOfLowRents} more for each lasting deviation that rents are below the expected ones`,
  unit: '1',
  columns: ['vault.drawdown', 'deals.outstanding', 'deals.collateralValue', 'vault.totalAssets', 'gpuMarket.factor'],
  leadsTo: [
    'saidLoss',
    'saidFinalLoss',
    'saidLossEvent',
    'saidNetYield',
    'requiredCover',
    'requiredFirstLoss',
    'dealLoss',
    'badDebt',
    'badDebtEvent',
  ],
  evaluate([drawdown, outstanding, collateral, assets, factor], path, daysLeft) {
    const missing = Math.max(0, comfortableCover * outstanding[path] - collateral[path])
    const most = Math.max(assets[path], outstanding[path])
    const announced = most > 0 ? (shareOfShortfall * missing) / most : 0
    return drawdown[path] + announced + (daysLeft / daysOfYear) * (yearAhead - yearOfLowRents * factor[path])
  },
}

/** Buffer over supply, from above: 0 when the buffer is as large as what may be asked of it, 1 when it is empty. */
const buffer: LevelFunction = {
  name: 'buffer',
  meaning: 'What the liquid assets lack to all AID that may ask for dollars, as a share of it',
  unit: '1',
  columns: ['signals.liquidityRatio'],
  // Not to redemptionFailure: of paths that are multiplied at ever lower ratios hardly more fail to redeem.
  leadsTo: ['reserveShortfall', 'minimumCoverage', 'minimumLiquidityRatio', 'requiredReserve'],
  evaluate: ([ratio], path) => 1 - ratio[path],
}

/** The depth of the peg’s fall. */
const peg: LevelFunction = {
  name: 'peg',
  meaning: 'How far the lowest price of AID in the day is below a dollar',
  unit: 'USD',
  columns: ['outcomes.lowestPriceOfDay'],
  leadsTo: ['depeg_0.5pct_1h', 'depeg_2pct_24h', 'depeg_5pct_24h', 'depeg_10pct_72h', 'lowestTwap24h'],
  evaluate: ([price], path) => 1 - price[path],
}

export const levels: readonly LevelFunction[] = [saidLoss, buffer, peg]
