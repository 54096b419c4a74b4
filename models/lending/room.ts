/** One lending market: USDC lent against sAID on Morpho Blue’s terms, to loopers who are individuals. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { AVERAGE_RATE, accruedInterest, borrowRate, END_RATE_AT_TARGET, MORPHO_CURVE } from './adaptiveRate.ts'
import { BAD_DEBT, deleveringRepayment, liquidate, liquidationIncentive, REPAID, SEIZED } from './liquidation.ts'
import { makeOracle } from './oracle.ts'
import { lendingParameters } from './parameters.ts'

/** Collateral worth less than this, USDC, is not worth anybody’s gas: what it secures is lost. */
const remnant = 25

/** Purposes of the side stream. */
const purposes = { size: 1, health: 2 } as const

export const lending = defineRoom({
  name: 'lending',
  meaning: 'A market where USDC is lent against sAID, and the loopers who borrow there to hold more sAID.',
  parameters: lendingParameters,
  sizes: ({ loopers }) => ({ looper: loopers }),
  state: {
    collateral: { unit: 'shares', meaning: 'sAID pledged', each: 'looper' },
    borrowShares: { unit: 'shares', meaning: 'Shares of the debt', each: 'looper' },
    principal: { unit: 'USDC', meaning: 'Debt without the interest added since the start', each: 'looper' },
    collateralTotal: { unit: 'shares', meaning: 'sAID pledged by all' },
    supplyAssets: { unit: 'USDC', meaning: 'What lenders own, interest included' },
    borrowAssets: { unit: 'USDC', meaning: 'Debt, interest included' },
    borrowSharesTotal: { unit: 'shares', meaning: 'Shares of the debt of all' },
    idle: { unit: 'USDC', meaning: 'USDC in the market, not borrowed' },
    lenderIn: { unit: 'USDC', meaning: 'USDC brought by lenders since the start' },
    lenderOut: { unit: 'USDC', meaning: 'USDC taken away by lenders since the start' },
    rateAtTarget: { unit: '1/year', meaning: 'Borrow rate at target utilisation' },
    rate: { unit: '1/year', meaning: 'Borrow rate' },
    utilisation: { unit: '1', meaning: 'Debt over what lenders own' },
    oraclePrice: { unit: 'USDC/share', meaning: 'Price of sAID that the market believes' },
    liquidationPrice: { unit: 'USDC/share', meaning: 'Oracle price below which the weakest looper may be liquidated' },
    badDebt: { unit: 'USDC', meaning: 'Debt that no collateral covered: borne by lenders' },
    hiddenShortfall: {
      unit: 'USDC',
      meaning:
        'Principal that the collateral would not repay at the exit NAV: bad debt that no liquidation has shown yet',
    },
    liquidated: { unit: 'USDC', meaning: 'Debt repaid in liquidations since the start' },
    liquidations: { unit: 'liquidations', meaning: 'Liquidations since the start' },
    looperLoss: { unit: 'USDC', meaning: 'Collateral seized beyond the debt repaid, at the oracle price' },
  },
  inputs: {
    nav: { unit: 'AID/share', meaning: 'Price of entry to sAID' },
    exitNav: { unit: 'AID/share', meaning: 'Price of exit from sAID' },
    saidSpot: { unit: '1', meaning: 'Price of sAID in its pool over its deposit NAV' },
    saidAverage: { unit: '1', meaning: 'Its moving average' },
    aidSpot: { unit: 'USDC', meaning: 'Price of AID in its pool' },
    aidAverage: { unit: 'USDC', meaning: 'Its moving average' },
    usdcPrice: { unit: 'USD', meaning: 'Market price of USDC' },
  },
  open({ state, inputs, parameters, sizes, events, clock, paths, own }) {
    const {
      collateral,
      borrowShares,
      principal,
      hiddenShortfall,
      collateralTotal,
      supplyAssets,
      borrowAssets,
      borrowSharesTotal,
      idle,
    } = state
    const { rateAtTarget, rate, utilisation, oraclePrice, liquidationPrice, badDebt, liquidated, liquidations } = state
    const loopers = sizes['looper']
    const { liquidationLoanToValue: lltv, deleverHealth, targetHealth } = parameters
    const incentive = liquidationIncentive(lltv)
    const oracle = makeOracle(parameters.oracle, parameters.oracleDelay, inputs, paths, clock, own)
    const result = new Float64Array(3)
    const repaidLast = own(new Float64Array(paths))

    const debtOf = (p: number, i: number): number =>
      borrowSharesTotal[p] > 0 ? (borrowAssets[p] * borrowShares[p * loopers + i]) / borrowSharesTotal[p] : 0

    const refreshLine = (p: number): void => {
      let line = 0
      for (let i = 0; i < loopers; i++) {
        const held = collateral[p * loopers + i]
        const debt = debtOf(p, i)
        if (held > 0 && debt > 0) line = Math.max(line, debt / (held * lltv))
      }
      liquidationPrice[p] = line
      utilisation[p] = supplyAssets[p] > 0 ? borrowAssets[p] / supplyAssets[p] : 0
    }

    /** Cancels `shares` of debt of looper i for `usdc` that enter the market. */
    const settleDebt = (p: number, i: number, usdc: number, shares: number): void => {
      const at = p * loopers + i
      principal[at] -= borrowShares[at] > 0 ? (principal[at] * shares) / borrowShares[at] : 0
      borrowShares[at] -= shares
      borrowSharesTotal[p] -= shares
      borrowAssets[p] -= usdc
      idle[p] += usdc
      if (borrowShares[at] <= 0) {
        borrowSharesTotal[p] -= borrowShares[at]
        borrowShares[at] = 0
      }
    }

    const sharesFor = (p: number, i: number, usdc: number, debt: number): number =>
      usdc >= debt ? borrowShares[p * loopers + i] : (usdc / borrowAssets[p]) * borrowSharesTotal[p]

    const release = (p: number, i: number, shares: number): void => {
      collateral[p * loopers + i] -= shares
      collateralTotal[p] -= shares
    }

    /** Lenders bear what no collateral covers, once. */
    const writeOff = (p: number, i: number): void => {
      const debt = debtOf(p, i)
      const shares = borrowShares[p * loopers + i]
      borrowSharesTotal[p] -= shares
      borrowShares[p * loopers + i] = 0
      principal[p * loopers + i] = 0
      borrowAssets[p] -= debt
      supplyAssets[p] -= debt
      badDebt[p] += debt
    }

    /** At the exit NAV and with AID at the USDC it trades for: what lenders would lose if all sold today without impact. */
    const hidden = (p: number): number => {
      const price = inputs.exitNav[p] * Math.min(1, inputs.aidSpot[p])
      let sum = 0
      for (let at = p * loopers; at < (p + 1) * loopers; at++)
        sum += Math.max(0, principal[at] - collateral[at] * price)
      return sum
    }

    const accrue = (p: number): void => {
      borrowRate(utilisation[p], rateAtTarget[p], clock.yearsPerDay, MORPHO_CURVE, result)
      rate[p] = result[AVERAGE_RATE]
      rateAtTarget[p] = result[END_RATE_AT_TARGET]
      const interest = borrowAssets[p] * accruedInterest(rate[p], clock.yearsPerDay)
      borrowAssets[p] += interest
      supplyAssets[p] += interest
    }

    const lendersMove = (p: number): void => {
      const yieldNow = rate[p] * utilisation[p]
      const panic = badDebt[p] > 0 || inputs.aidSpot[p] * inputs.usdcPrice[p] < 0.98
      const calm = (parameters.lenderElasticity * (yieldNow - parameters.lenderYield)) / 365
      const share = panic ? -parameters.lenderPanic : Math.max(-0.05, Math.min(0.05, calm))
      const wanted = share * supplyAssets[p]
      const moved = wanted < 0 ? -Math.min(-wanted, idle[p]) : wanted
      supplyAssets[p] += moved
      idle[p] += moved
      if (moved > 0) state.lenderIn[p] += moved
      else state.lenderOut[p] -= moved
    }

    return {
      start(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          oracle.start(p)
          oraclePrice[p] = oracle.read(p)
          rateAtTarget[p] = parameters.rateAtTarget
          rate[p] = parameters.rateAtTarget
          lendAtStart(p)
          refreshLine(p)
        }
      },
      step(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          accrue(p)
          lendersMove(p)
          refreshLine(p)
          hiddenShortfall[p] = hidden(p)
        }
      },
      operations: {
        /** Reads the oracle again; returns the price, USDC a share. */
        refreshOracle(p: number): number {
          oraclePrice[p] = oracle.read(p)
          return oraclePrice[p]
        },
        /** The looper of lowest health if that is below `health`, else −1. */
        weakest(p: number, health: number): number {
          let lowest = health
          let found = -1
          for (let i = 0; i < loopers; i++) {
            const debt = debtOf(p, i)
            if (debt <= 1e-6) continue
            const now = (collateral[p * loopers + i] * oraclePrice[p] * lltv) / debt
            if (now < lowest) {
              lowest = now
              found = i
            }
          }
          return found
        },
        debtOf,
        collateralOf: (p: number, i: number): number => collateral[p * loopers + i],
        /** USDC of debt of looper i that its whole collateral pays for at the incentive, at most its debt. */
        coverable: (p: number, i: number): number =>
          Math.min(debtOf(p, i), (collateral[p * loopers + i] * oraclePrice[p]) / incentive),
        /** sAID shares that repaying `usdc` of the debt of looper i would seize. */
        seizable(p: number, i: number, usdc: number): number {
          liquidate(collateral[p * loopers + i], oraclePrice[p], debtOf(p, i), incentive, usdc, result)
          return result[SEIZED]
        },
        /**
         * Liquidates: up to `usdc` of debt is repaid (`lastRepaid` tells how much) and its worth with the incentive is
         * seized; returns the shares seized. A position left without collateral becomes bad debt at once.
         */
        liquidate(p: number, i: number, usdc: number): number {
          const debt = debtOf(p, i)
          liquidate(collateral[p * loopers + i], oraclePrice[p], debt, incentive, usdc, result)
          const repaid = result[REPAID]
          const seized = result[SEIZED]
          const bad = result[BAD_DEBT]
          settleDebt(p, i, repaid, sharesFor(p, i, repaid, debt))
          release(p, i, seized)
          if (bad > 0 || collateral[p * loopers + i] * oraclePrice[p] < remnant) writeOff(p, i)
          repaidLast[p] = repaid
          liquidated[p] += repaid
          liquidations[p] += 1
          state.looperLoss[p] += Math.max(0, seized * oraclePrice[p] - repaid)
          refreshLine(p)
          return seized
        },
        lastRepaid: (p: number): number => repaidLast[p],
        /** USDC that looper i must repay out of sold collateral to return to its target health; 0 above the trigger. */
        deleverNeed(p: number, i: number): number {
          const target = lltv / targetHealth
          return deleveringRepayment(debtOf(p, i), collateral[p * loopers + i], oraclePrice[p], target, 1)
        },
        deleverHealth: (): number => deleverHealth,
        /** Takes pledged shares out to be sold by their owner in the same call of the market. */
        takeCollateral(p: number, i: number, shares: number): void {
          release(p, i, shares)
        },
        /** Repays debt of looper i; returns what was used of `usdc`. */
        repay(p: number, i: number, usdc: number): number {
          const debt = debtOf(p, i)
          const used = Math.min(usdc, debt)
          settleDebt(p, i, used, sharesFor(p, i, used, debt))
          refreshLine(p)
          return used
        },
      },
      laws: {
        'idle cash is supply less debt': {
          meaning: 'What lenders own less what is borrowed is the USDC in the market',
          scale: 'ledger',
          distance: (p) => supplyAssets[p] - borrowAssets[p] - idle[p],
        },
        'no debt without collateral': {
          meaning: 'A looper whose collateral is gone owes nothing more: the rest is bad debt',
          scale: 'pure',
          distance(p) {
            for (let at = p * loopers; at < (p + 1) * loopers; at++)
              if (collateral[at] <= 0 && borrowShares[at] > 0) return 1
            return 0
          },
        },
        'debt shares add up': {
          meaning: 'Shares of the debt of all loopers add up to the total',
          scale: 'ledger',
          distance: (p) => sumOf(borrowShares, p) - borrowSharesTotal[p],
        },
        'collateral adds up': {
          meaning: 'sAID pledged by all loopers adds up to the total',
          scale: 'ledger',
          distance: (p) => sumOf(collateral, p) - collateralTotal[p],
        },
        'nothing is negative': {
          meaning: 'Debt, supply, idle cash and collateral are not below zero',
          scale: 'ledger',
          distance: (p) => Math.min(0, borrowAssets[p], supplyAssets[p], idle[p], collateralTotal[p]),
        },
      },
    }

    function sumOf(column: Float64Array, p: number): number {
      let sum = 0
      for (let at = p * loopers; at < (p + 1) * loopers; at++) sum += column[at]
      return sum
    }

    /** Debts fall with rank and a draw; health is 1.02 plus an exponential. */
    function lendAtStart(p: number): void {
      let weights = 0
      for (let i = 0; i < loopers; i++) {
        borrowShares[p * loopers + i] = exp(events.at(p, i, purposes.size).normal())
        weights += borrowShares[p * loopers + i]
      }
      borrowAssets[p] = parameters.debt
      borrowSharesTotal[p] = parameters.debt
      supplyAssets[p] = parameters.debt / parameters.utilisation
      idle[p] = supplyAssets[p] - borrowAssets[p]
      let total = 0
      for (let i = 0; i < loopers; i++) {
        const at = p * loopers + i
        borrowShares[at] *= parameters.debt / weights
        principal[at] = borrowShares[at]
        const health = 1.02 + parameters.healthAboveOne * events.at(p, i, purposes.health).exponential()
        collateral[at] = (borrowShares[at] * health) / (lltv * oraclePrice[p])
        total += collateral[at]
      }
      collateralTotal[p] = total
    }
  },
})
