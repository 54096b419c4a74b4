/** A StableSwap pool of two coins as a room; the economy runs one of AID and USDC and one of sAID and AID. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { bestTradeAt, OUT, SIZE } from './arbitrage.ts'
import {
  AMOUNT,
  addLiquidity,
  exchange,
  exchangeOutAt,
  FEE_IN_X,
  FEE_IN_Y,
  invariantD,
  spotPrice,
  withdrawBalanced,
} from './curve.ts'
import { poolParameters } from './parameters.ts'

/** A trade may take at most this share of a coin: beyond it the curve is a cliff and a real pool reverts. */
const mostTaken = 0.999
/** Nor may it leave less of a coin than this share of the pool, where the price is far from anything and digits are lost. */
const leastShare = 1e-6
const dust = 1e-9

/**
 * @param coins names of the two coins; the first is worth `rate` of the second's unit
 * @param depth value of both coins at the start, USD
 */
export function stableswapRoom<Name extends string>(declaration: {
  name: Name
  meaning: string
  coins: readonly [string, string]
  depth: number
  depthSource: string
}) {
  const [first, second] = declaration.coins
  return defineRoom({
    name: declaration.name,
    meaning: declaration.meaning,
    parameters: poolParameters(declaration.depth, declaration.depthSource),
    state: {
      balance0: { unit: first, meaning: `${first} in the pool` },
      balance1: { unit: second, meaning: `${second} in the pool` },
      supply: { unit: 'shares', meaning: 'Pool shares in existence' },
      invariant: { unit: second, meaning: 'Invariant D: value of the pool at par' },
      price: { unit: `${second} per unit of value`, meaning: `Price of ${first} over its rate, in ${second}` },
      oracle: { unit: `${second} per unit of value`, meaning: 'Moving average of the price' },
      adminFees0: { unit: first, meaning: 'Fees of the venue, not yet collected' },
      adminFees1: { unit: second, meaning: 'Fees of the venue, not yet collected' },
      volume: { unit: second, meaning: 'Value traded since the start' },
      slip: { unit: '1', meaning: 'Largest relative fall of the invariant in a swap or of the value of a share' },
    },
    inputs: { rate: { unit: `${second} per ${first}`, meaning: `Value of ${first} in units of ${second}` } },
    open({ state, inputs, parameters, clock, own }) {
      const { balance0, balance1, supply, invariant, price, oracle, adminFees0, adminFees1, volume, slip } = state
      const { amplification, fee, offpegMultiplier, adminShare } = parameters
      const { rate } = inputs
      const keep = exp(-86400 / clock.ticksPerDay / parameters.oracleTime)
      const result = new Float64Array(4)
      const released = own(new Float64Array(balance0.length))

      /** Rates move by the day (an exit NAV, an injection), so the invariant is taken afresh when the rate has moved. */
      const rateSeen = own(new Float64Array(balance0.length))
      const refresh = (p: number): void => {
        rateSeen[p] = rate[p]
        const x = balance0[p] * rate[p]
        invariant[p] = invariantD(x, balance1[p], amplification)
        // An emptied pool trades nothing: its last price stands until somebody brings liquidity again.
        if (invariant[p] > 0) price[p] = spotPrice(x, balance1[p], invariant[p], amplification)
      }
      const current = (p: number): void => {
        if (rateSeen[p] !== rate[p]) refresh(p)
      }
      const note = (p: number, before: number): void => {
        const fall = before > 0 ? 1 - invariant[p] / before : 0
        if (fall > slip[p]) slip[p] = fall
      }

      const quote = (p: number, coinIn: number, amount: number): number => {
        current(p)
        if (!(invariant[p] > 0 && amount > 0)) return 0
        const x = balance0[p] * rate[p]
        const y = balance1[p]
        const out =
          coinIn === 0
            ? exchangeOutAt(x, y, amount * rate[p], invariant[p], amplification, fee, offpegMultiplier)
            : exchangeOutAt(y, x, amount, invariant[p], amplification, fee, offpegMultiplier) / rate[p]
        const left = coinIn === 0 ? y - out : x - out * rate[p]
        return out < mostTaken * (coinIn === 0 ? y : balance0[p]) && left > leastShare * (x + y) ? out : 0
      }

      const swap = (p: number, coinIn: number, amount: number): number => {
        if (quote(p, coinIn, amount) <= 0) return 0
        const before = invariant[p]
        const x = balance0[p] * rate[p]
        if (coinIn === 0) {
          exchange(x, balance1[p], amount * rate[p], amplification, fee, offpegMultiplier, result)
          const admin = adminShare * result[FEE_IN_Y]
          balance0[p] += amount
          balance1[p] -= result[AMOUNT] + admin
          adminFees1[p] += admin
          volume[p] += amount * rate[p]
        } else {
          exchange(balance1[p], x, amount, amplification, fee, offpegMultiplier, result)
          result[AMOUNT] /= rate[p]
          const admin = (adminShare * result[FEE_IN_Y]) / rate[p]
          balance1[p] += amount
          balance0[p] -= result[AMOUNT] + admin
          adminFees0[p] += admin
          volume[p] += amount
        }
        refresh(p)
        note(p, before)
        return result[AMOUNT]
      }

      return {
        start(active, count) {
          for (let k = 0; k < count; k++) {
            const p = active[k]
            balance0[p] = (parameters.depth * parameters.firstShare) / rate[p]
            balance1[p] = parameters.depth * (1 - parameters.firstShare)
            refresh(p)
            supply[p] = invariant[p]
            oracle[p] = price[p]
          }
        },
        tick(active, count) {
          for (let k = 0; k < count; k++) {
            const p = active[k]
            current(p)
            oracle[p] = price[p] + keep * (oracle[p] - price[p])
          }
        },
        operations: {
          /** What `amount` of a coin (0 or 1) buys of the other after the fee; 0 when the pool cannot fill it. */
          quote,
          /** The same trade, done: returns what comes out, 0 when nothing moved. */
          swap,
          /**
           * Size of the trade of `coinIn` that earns most (tokens of coinIn), 0 when none pays; see bestTrade.
           * `valueOut` a token received, `costIn` a token given, `fixedCost` in the same currency.
           */
          bestSize(
            p: number,
            coinIn: number,
            valueOut: number,
            costIn: number,
            fixedCost: number,
            maximumIn: number,
            maximumOut: number,
          ): number {
            current(p)
            const r = rate[p]
            const x = balance0[p] * r
            if (coinIn === 0) {
              bestTradeAt(
                x,
                balance1[p],
                invariant[p],
                amplification,
                fee,
                offpegMultiplier,
                valueOut,
                costIn / r,
                fixedCost,
                maximumIn * r,
                maximumOut,
                result,
              )
              return result[SIZE] / r
            }
            bestTradeAt(
              balance1[p],
              x,
              invariant[p],
              amplification,
              fee,
              offpegMultiplier,
              valueOut / r,
              costIn,
              fixedCost,
              maximumIn,
              maximumOut * r,
              result,
            )
            return result[OUT] > mostTaken * x ? 0 : result[SIZE]
          },
          /** Adds both coins; returns the pool shares minted. */
          addLiquidity(p: number, amount0: number, amount1: number): number {
            current(p)
            const valueBefore = supply[p] > 0 ? invariant[p] / supply[p] : 0
            addLiquidity(
              balance0[p] * rate[p],
              balance1[p],
              amount0 * rate[p],
              amount1,
              supply[p],
              amplification,
              fee,
              offpegMultiplier,
              result,
            )
            const admin0 = (adminShare * result[FEE_IN_X]) / rate[p]
            const admin1 = adminShare * result[FEE_IN_Y]
            balance0[p] += amount0 - admin0
            balance1[p] += amount1 - admin1
            adminFees0[p] += admin0
            adminFees1[p] += admin1
            supply[p] += result[AMOUNT]
            refresh(p)
            noteValue(p, valueBefore)
            return result[AMOUNT]
          },
          /** Burns pool shares for both coins in proportion; returns the first coin, `released1` the second. */
          removeLiquidity(p: number, shares: number): number {
            current(p)
            if (!(shares > 0)) return 0
            const valueBefore = invariant[p] / supply[p]
            // Sums of shares differ from the total in their last digits: the last provider takes what is left.
            const all = supply[p] - shares <= dust * (supply[p] + 1)
            withdrawBalanced(balance0[p], balance1[p], shares, supply[p], result)
            const out0 = all ? balance0[p] : result[0]
            released[p] = all ? balance1[p] : result[1]
            balance0[p] -= out0
            balance1[p] -= released[p]
            supply[p] = all ? 0 : supply[p] - shares
            refresh(p)
            if (!all) noteValue(p, valueBefore)
            return out0
          },
          /** The second coin paid by the last removeLiquidity of this path. */
          released1: (p: number): number => released[p],
        },
        laws: {
          'swaps never lower the invariant': {
            meaning: 'Neither a swap lowers the invariant nor a deposit or withdrawal the value of a share',
            scale: 'pure',
            distance: (p) => Math.max(0, slip[p]),
          },
          'balances are not negative': {
            meaning: 'Coins, fees and shares of the pool are not below zero',
            scale: 'ledger',
            distance: (p) => Math.min(0, balance0[p], balance1[p], supply[p], adminFees0[p], adminFees1[p]),
          },
        },
      }

      function noteValue(p: number, before: number): void {
        const fall = before > 0 && supply[p] > 0 ? 1 - invariant[p] / supply[p] / before : 0
        if (fall > slip[p]) slip[p] = fall
      }
    },
  })
}
