/** Validation hooks of the venues: pools, yield market, lending, loops and perpetuals. */
import { z } from 'zod'
import { liquidityForAmounts } from '../../../models/concentratedLiquidity/sqrtPriceMath.ts'
import { swap } from '../../../models/concentratedLiquidity/swap.ts'
import {
  MAX_SQRT_PRICE,
  MAX_TICK,
  MIN_SQRT_PRICE,
  MIN_TICK,
  sqrtPriceAtTick,
} from '../../../models/concentratedLiquidity/tickMath.ts'
import { borrowRate, liquidationIncentiveFactor, WAD } from '../../../models/lending/exact.ts'
import { loanToValueOf, loopNetYield, requiredLeverage } from '../../../models/lending/loops.ts'
import { fundingRate } from '../../../models/perpetual/funding.ts'
import { liquidationPrice } from '../../../models/perpetual/margin.ts'
import { pegEpisode } from '../../../models/stableswap/arbitrage.ts'
import { ADMIN_FEE_SHARE } from '../../../models/stableswap/curve.ts'
import {
  addLiquidity,
  type ExactPool,
  exchange,
  FEE_DENOMINATOR,
  getD,
  getPrices,
  scaledBalances,
  withdrawOne,
} from '../../../models/stableswap/exact.ts'
import {
  EXCHANGE_RATE,
  FEE,
  feeRate,
  LN_IMPLIED_RATE,
  lnRateOfYield,
  ptPrice,
  RESERVE_FEE,
  rateAnchor,
  rateScalar,
  SY_TO_TRADER,
  TOTAL_PT,
  TOTAL_SY,
  TRADE_RESULTS,
  trade,
} from '../../../models/yieldMarket/market.ts'
import { InputError } from '../../kernel/errors.ts'
import { defineHook, type Hook, integer } from './hook.ts'

const DAYS_A_YEAR = 365

/** A whole number within bounds, as a decimal string or a JSON number. */
function whole(lowest: bigint, highest: bigint) {
  return z
    .union([integer, z.int().transform((value) => BigInt(value))], 'an integer, as a decimal string or a number')
    .refine((value) => value >= lowest && value <= highest, `within ${lowest} … ${highest}`)
}
const WORD = (1n << 256n) - 1n
const amount = whole(0n, WORD)
const positiveAmount = whole(1n, WORD)
const tick = z.int().min(MIN_TICK).max(MAX_TICK)
const text = (value: bigint) => value.toString()

const poolFields = {
  A: whole(1n, 1_000_000n).describe('contract A, the paper’s times n^(n−1); dimensionless'),
  fee: whole(0n, FEE_DENOMINATOR).describe('base fee, 1e-10'),
  offpegMultiplier: whole(0n, 1000n * FEE_DENOMINATOR).describe(
    'fee at full imbalance over the base fee, 1e-10; up to 1e10: static',
  ),
}
const coin = z.int().min(0).max(7)

const stableswap = defineHook({
  name: 'stableswap',
  meaning: 'Invariant and prices of a StableSwap pool, and one operation on it, in the exact integers of the contract',
  source: 'Egorov, StableSwap (2019); StableSwap-NG contract',
  arguments: z.strictObject({
    ...poolFields,
    adminFeeShare: whole(0n, FEE_DENOMINATOR).describe('the protocol’s share of every fee, 1e-10'),
    rates: z
      .array(positiveAmount)
      .min(2)
      .max(8)
      .describe('scale of each coin to 36 digits: 1e18 for an 18-digit coin, 1e30 for a 6-digit one'),
    balances: z.array(amount).min(2).max(8).describe('one a coin, in its own units, without the protocol’s fees'),
    supply: amount
      .optional()
      .describe('LP tokens outstanding, 1e-18; needed to withdraw and to add to a pool that is not empty'),
    operation: z
      .union([
        z.strictObject({
          exchange: z.strictObject({
            i: coin.describe('coin sold'),
            j: coin.describe('coin bought'),
            dx: positiveAmount.describe('sold, units of coin i'),
          }),
        }),
        z.strictObject({
          addLiquidity: z.strictObject({
            amounts: z.array(amount).min(2).max(8).describe('one a coin, in its own units'),
          }),
        }),
        z.strictObject({
          withdrawOne: z.strictObject({
            lp: positiveAmount.describe('LP tokens burned, 1e-18'),
            i: coin.describe('coin paid out'),
          }),
        }),
      ])
      .optional()
      .describe('what to do on the pool; D and prices in the result are those before it'),
  }),
  evaluate({ A, operation, supply, ...rest }) {
    const pool: ExactPool = { amplification: A, ...rest }
    const scaled = scaledBalances(pool.rates, pool.balances)
    const D = getD(scaled, A)
    const state = { D: text(D), prices: getPrices(scaled, A, D).map(text) }
    if (operation === undefined) return state
    if ('exchange' in operation) {
      const { i, j, dx } = operation.exchange
      const traded = exchange(pool, i, j, dx)
      return {
        ...state,
        out: text(traded.out),
        feeRate: text(traded.feeRate),
        adminFee: text(traded.adminFee),
        balances: traded.balances.map(text),
      }
    }
    if ('addLiquidity' in operation) {
      const added = addLiquidity(pool, depositSupply(supply, D), operation.addLiquidity.amounts)
      return {
        ...state,
        out: text(added.minted),
        feeRate: added.feeRates.map(text),
        fee: added.fees.map(text),
        adminFee: added.adminFees.map(text),
        balances: added.balances.map(text),
      }
    }
    if (supply === undefined) throw new InputError('supply: the LP tokens outstanding, to withdraw from')
    const withdrawn = withdrawOne(pool, supply, operation.withdrawOne.lp, operation.withdrawOne.i)
    return {
      ...state,
      out: text(withdrawn.out),
      feeRate: text(withdrawn.feeRate),
      fee: text(withdrawn.fee),
      adminFee: text(withdrawn.adminFee),
      balances: withdrawn.balances.map(text),
    }
  },
})

function depositSupply(supply: bigint | undefined, D: bigint): bigint {
  if (supply !== undefined) return supply
  if (D > 0n) throw new InputError('supply: the LP tokens outstanding, to add to a pool that is not empty')
  return 0n
}

const pegEpisodeHook = defineHook({
  name: 'pegEpisode',
  meaning: 'One sale of AID into the pool, then an arbitrageur who each day buys what earns most and redeems it at par',
  source:
    'profit = out · (1 − redemption fee) − in, maximised on the StableSwap curve each day; the protocol keeps half of the pool fee',
  arguments: z.strictObject({
    balances: z
      .tuple([z.number().positive().max(1e15), z.number().positive().max(1e15)])
      .describe('AID and USDC in the pool, tokens'),
    A: z.number().positive().max(1e6).describe('contract A; dimensionless'),
    fee: z.number().min(0).max(1e10).describe('base fee, 1e-10'),
    offpegMultiplier: z.number().min(0).max(1e13).describe('fee at full imbalance over the base fee, 1e-10'),
    sale: z.number().positive().max(1e15).describe('AID sold at once, tokens'),
    capacity: z.number().min(0).max(1e15).describe('AID that may be redeemed a day, tokens'),
    redemptionFeeBp: z.number().min(0).max(10_000).describe('redemption fee, basis points'),
    days: z.int().min(0).max(10_000).describe('days of arbitrage'),
  }),
  evaluate({ balances, A, fee, offpegMultiplier, sale, capacity, redemptionFeeBp, days }) {
    const unit = Number(FEE_DENOMINATOR)
    const episode = pegEpisode({
      aid: balances[0],
      usdc: balances[1],
      amplification: A,
      fee: fee / unit,
      offpegMultiplier: offpegMultiplier / unit,
      adminFeeShare: ADMIN_FEE_SHARE,
      sale,
      capacity,
      redemptionFee: redemptionFeeBp / 10_000,
      days,
    })
    return { ...episode }
  },
})

const uniswapTick = defineHook({
  name: 'uniswapTick',
  meaning: 'Square-root price of a tick, times 2^96, rounded up as the contract does',
  source: 'Uniswap v3 core, TickMath',
  arguments: z.strictObject({ tick: tick.describe('price = 1.0001^tick') }),
  evaluate: ({ tick }) => ({ sqrtPriceX96: text(sqrtPriceAtTick(tick)) }),
})

const uniswapLiquidity = defineHook({
  name: 'uniswapLiquidity',
  meaning: 'The most liquidity that amounts of both tokens support in a range, at the price of a tick',
  source: 'Uniswap v3 periphery, LiquidityAmounts',
  arguments: z.strictObject({
    tick: tick.describe('of the current price'),
    lower: tick.describe('lower tick of the range'),
    upper: tick.describe('upper tick of the range'),
    amount0: amount.describe('token 0, units'),
    amount1: amount.describe('token 1, units'),
  }),
  evaluate({ tick, lower, upper, amount0, amount1 }) {
    if (lower >= upper) throw new InputError(`range ${lower} … ${upper}: lower below upper`)
    const price = sqrtPriceAtTick(tick)
    const liquidity = liquidityForAmounts(price, sqrtPriceAtTick(lower), sqrtPriceAtTick(upper), amount0, amount1)
    return { liquidity: text(liquidity) }
  },
})

const uniswapSwap = defineHook({
  name: 'uniswapSwap',
  meaning: 'A swap of an exact input across ranges of liquidity; it stops where none is left ahead',
  source: 'Uniswap v3 core, SwapMath and SqrtPriceMath',
  arguments: z.strictObject({
    sqrtPriceX96: whole(MIN_SQRT_PRICE, MAX_SQRT_PRICE).describe(
      'square root of the price of token 0 in token 1, times 2^96',
    ),
    ranges: z
      .array(z.strictObject({ lower: tick, upper: tick, liquidity: whole(0n, (1n << 128n) - 1n) }))
      .max(1000)
      .describe('liquidity between two ticks; ranges may overlap or leave gaps'),
    fee: whole(0n, 999_999n).describe('1e-6 of the input'),
    amountIn: positiveAmount.describe('offered with its fee, units of the token sold'),
    zeroForOne: z.boolean().describe('true: token 0 is sold and the price falls'),
  }),
  evaluate({ amountIn, ...request }) {
    const swapped = swap({ ...request, amount: amountIn })
    return {
      sqrtPriceX96: text(swapped.sqrtPriceX96),
      amountIn: text(swapped.amountIn),
      amountOut: text(swapped.amountOut),
      fee: text(swapped.fee),
      unfilled: text(swapped.unfilled),
    }
  },
})

const pendleMarket = defineHook({
  name: 'pendleMarket',
  meaning: 'A principal-token market: its curve, and trades one after another at the same moment',
  source: 'Pendle V2, MarketMathCore',
  arguments: z.strictObject({
    scalarRoot: z.number().positive().max(1e6).describe('steepness for a year to expiry'),
    totalPt: z.number().positive().max(1e18).describe('PT in the pool, tokens'),
    totalSy: z.number().positive().max(1e18).describe('SY in the pool, tokens'),
    index: z.number().positive().max(1e6).describe('asset a SY'),
    impliedYield: z.number().min(0).max(100).describe('last implied yield, fraction a year, compounded yearly (APY)'),
    days: z.number().positive().max(36_500).describe('days to expiry'),
    lnFeeRoot: z.number().min(0).max(1).describe('natural log of the fee ratio for a year to expiry'),
    reserveShare: z.number().min(0).max(1).describe('part of the fee that leaves the pool, fraction'),
    trades: z
      .array(z.number().min(-1e18).max(1e18))
      .max(10_000)
      .describe('PT that the trader buys (above zero) or sells (below), in order'),
  }),
  evaluate(market) {
    const years = market.days / DAYS_A_YEAR
    const scalar = rateScalar(market.scalarRoot, years)
    let { totalPt, totalSy } = market
    let lnImpliedRate = lnRateOfYield(market.impliedYield)
    const anchor = rateAnchor(totalPt, totalSy * market.index, lnImpliedRate, scalar, years)
    const result = new Float64Array(TRADE_RESULTS)
    const trades = market.trades.map((netPt) => {
      const { index, scalarRoot, lnFeeRoot, reserveShare } = market
      trade(totalPt, totalSy, lnImpliedRate, netPt, index, scalarRoot, years, lnFeeRoot, reserveShare, result)
      totalPt = result[TOTAL_PT]!
      totalSy = result[TOTAL_SY]!
      lnImpliedRate = result[LN_IMPLIED_RATE]!
      return {
        exchangeRate: result[EXCHANGE_RATE]!,
        sy: Math.abs(result[SY_TO_TRADER]!),
        fee: result[FEE]!,
        reserveFee: result[RESERVE_FEE]!,
        totalSy,
        lnImpliedRate,
      }
    })
    return {
      rateScalar: scalar,
      anchor,
      feeRate: feeRate(market.lnFeeRoot, years),
      ptPrice: ptPrice(lnRateOfYield(market.impliedYield), years),
      trades,
    }
  },
})

const morphoRate = defineHook({
  name: 'morphoRate',
  meaning: 'Borrow rate of the adaptive curve after a time at one utilisation',
  source: 'Morpho Blue, AdaptiveCurveIRM contract',
  arguments: z.strictObject({
    utilization: whole(0n, WAD).describe('borrowed over supplied, 1e-18'),
    startRateAtTarget: whole(0n, 2n * WAD).describe(
      'rate at target utilisation when the time begins, 1e-18 a second; 0 for a market that opens',
    ),
    elapsed: whole(0n, 1n << 64n).describe('seconds'),
  }),
  evaluate({ utilization, startRateAtTarget, elapsed }) {
    const rate = borrowRate(utilization, startRateAtTarget, elapsed)
    return { averageBorrowRate: text(rate.averageBorrowRate), endRateAtTarget: text(rate.endRateAtTarget) }
  },
})

const liquidationIncentive = defineHook({
  name: 'liquidationIncentive',
  meaning: 'Value that a liquidator seizes per unit repaid',
  source: 'Morpho Blue contract: min(1.15, 1 / (1 − 0.3 (1 − LLTV)))',
  arguments: z.strictObject({ lltv: whole(0n, WAD).describe('liquidation loan-to-value, 1e-18') }),
  evaluate: ({ lltv }) => ({ factor: text(liquidationIncentiveFactor(lltv)) }),
})

const loopYield = defineHook({
  name: 'loopYield',
  meaning: 'Net yield of a leverage loop, from its leverage or from the target it must earn',
  source: 'leverage · assetYield − (leverage − 1) · borrowRate, solved for either',
  arguments: z
    .strictObject({
      assetYield: z.number().min(-1).max(100).describe('yield of the asset, fraction a year'),
      borrowRate: z.number().min(0).max(100).describe('borrow rate, fraction a year'),
      leverage: z.number().min(1).max(1e6).optional().describe('assets over own money'),
      target: z.number().min(-1).max(1e4).optional().describe('net yield to earn, fraction a year'),
    })
    .refine(({ leverage, target }) => (leverage === undefined) !== (target === undefined), 'either leverage or target'),
  evaluate({ assetYield, borrowRate, leverage, target }) {
    const levered = leverage ?? requiredLeverage(target!, assetYield, borrowRate)
    return { leverage: levered, ltv: loanToValueOf(levered), netYield: loopNetYield(levered, assetYield, borrowRate) }
  },
})

const perpFunding = defineHook({
  name: 'perpFunding',
  meaning: 'Funding rate for eight hours that longs pay shorts',
  source: 'Aevo documentation, funding rates, in force since 1 August 2024',
  arguments: z.strictObject({ premium: z.number().min(-1).max(10).describe('average premium index, fraction') }),
  evaluate: ({ premium }) => ({ rate8h: fundingRate(premium) }),
})

const perpLiquidation = defineHook({
  name: 'perpLiquidation',
  meaning: 'Mark price at which a perpetual position is liquidated',
  source: 'margin + unrealised profit = maintenance margin · notional, solved for the price',
  arguments: z.strictObject({
    entry: z.number().positive().max(1e12).describe('entry price'),
    initialMargin: z.number().positive().max(1).describe('fraction of the notional'),
    maintenanceMargin: z.number().min(0).lt(1).describe('fraction of the notional'),
    side: z.enum(['long', 'short']),
  }),
  evaluate: ({ entry, initialMargin, maintenanceMargin, side }) => ({
    price: liquidationPrice(entry, initialMargin, maintenanceMargin, side),
  }),
})

export const hooks: Hook[] = [
  stableswap,
  pegEpisodeHook,
  uniswapTick,
  uniswapLiquidity,
  uniswapSwap,
  pendleMarket,
  morphoRate,
  liquidationIncentive,
  loopYield,
  perpFunding,
  perpLiquidation,
]
