/** What holders own, and the operations by which meetings move it. */
import type { Laws, ReadonlyColumn } from '../../sim/kernel/declarations.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { exp } from '../../sim/kernel/maths/elementary.ts'
import type { EventStream } from '../../sim/kernel/random/events.ts'
import type { Step } from '../../sim/kernel/room.ts'
import { purposes } from './purposes.ts'
import { type Register, roles } from './register.ts'

interface Context {
  readonly state: Readonly<
    Record<
      | 'aid'
      | 'shares'
      | 'usdc'
      | 'poolShares'
      | 'saidPoolShares'
      | 'outsideCapital'
      | 'standingUsdc'
      | 'threshold'
      | 'rank',
      Float64Array
    >
  > &
    Readonly<
      Record<
        'usdcAtStart' | 'externalIn' | 'externalOut' | 'gasPaid' | 'arbitrageProfit' | 'cappedTicks' | 'leaving',
        Float64Array
      >
    >
  readonly inputs: Readonly<
    Record<
      | 'supply'
      | 'heldAid'
      | 'totalShares'
      | 'poolAid'
      | 'poolUsdc'
      | 'lenderUsdc'
      | 'reserveUsdc'
      | 'saidPoolAid'
      | 'saidPoolSaid'
      | 'collateral'
      | 'poolSupply'
      | 'saidPoolSupply'
      | 'depositNav',
      ReadonlyColumn
    >
  >
  readonly parameters: {
    readonly thresholdSpread: number
    readonly startingUsdc: number
    readonly arbitrageLimit: number
  }
  readonly events: EventStream
}

export interface WalletOperations {
  /** Facts of a holder, the same on every path. */
  whitelisted(holder: number): number
  role(holder: number): number
  /** Share of what all holders of its role held at the start. */
  shareOf(holder: number): number
  cohort(holder: number): number
  /** Moves AID; a negative amount takes it away. */
  addAid(path: number, holder: number, amount: number): void
  addShares(path: number, holder: number, amount: number): void
  addUsdc(path: number, holder: number, amount: number): void
  addPoolShares(path: number, holder: number, amount: number): void
  addSaidPoolShares(path: number, holder: number, amount: number): void
  /** USDC from outside the economy into a wallet. */
  bring(path: number, holder: number, usdc: number): void
  /** USDC of a wallet beyond `keep` leaves the economy. */
  takeAway(path: number, holder: number, keep: number): void
  /** An arbitrageur raises USDC outside, up to its limit. */
  raise(path: number, holder: number, usdc: number): void
  /** Returns raised USDC that is idle. */
  giveBack(path: number, holder: number): void
  payGas(path: number, holder: number, usdc: number): void
  earned(path: number, usdc: number): void
  capped(path: number): void
}

export function makeWallets(
  context: Context,
  register: Register,
): { start: Step; operations: WalletOperations; laws: Laws } {
  const { state, events, parameters } = context
  const {
    aid,
    shares,
    usdc,
    poolShares,
    saidPoolShares,
    outsideCapital,
    externalIn,
    externalOut,
    gasPaid,
    arbitrageProfit,
    cappedTicks,
  } = state
  const { holders } = register
  return {
    start(active, count) {
      for (let k = 0; k < count; k++) {
        const path = active[k]
        endow(context, register, path)
        for (let h = 0; h < holders; h++) {
          const at = path * holders + h
          const draw = events.at(path, h, purposes.threshold).normal()
          state.threshold[at] = register.threshold[register.cohort[h]] * exp(parameters.thresholdSpread * draw)
          state.rank[at] = events.at(path, h, purposes.rank).uniform()
        }
      }
    },
    operations: {
      whitelisted: (holder) => register.whitelisted[holder],
      role: (holder) => register.role[holder],
      shareOf: (holder) => register.share[holder],
      cohort: (holder) => register.cohort[holder],
      addAid(path, holder, amount) {
        aid[path * holders + holder] += amount
      },
      addShares(path, holder, amount) {
        shares[path * holders + holder] += amount
      },
      addUsdc(path, holder, amount) {
        usdc[path * holders + holder] += amount
      },
      addPoolShares(path, holder, amount) {
        poolShares[path * holders + holder] += amount
      },
      addSaidPoolShares(path, holder, amount) {
        saidPoolShares[path * holders + holder] += amount
      },
      bring(path, holder, amount) {
        usdc[path * holders + holder] += amount
        externalIn[path] += amount
      },
      takeAway(path, holder, keep) {
        const at = path * holders + holder
        const gone = Math.max(0, usdc[at] - keep)
        externalOut[path] += gone
        usdc[at] = keep === 0 ? 0 : usdc[at] - gone
      },
      raise(path, holder, amount) {
        const at = path * holders + holder
        const more = Math.max(0, Math.min(amount, parameters.arbitrageLimit - outsideCapital[at]))
        usdc[at] += more
        outsideCapital[at] += more
        externalIn[path] += more
      },
      giveBack(path, holder) {
        const at = path * holders + holder
        const back = Math.max(0, Math.min(outsideCapital[at], usdc[at] - register.capital[holder]))
        usdc[at] -= back
        outsideCapital[at] -= back
        externalOut[path] += back
      },
      payGas(path, holder, amount) {
        usdc[path * holders + holder] -= amount
        gasPaid[path] += amount
      },
      earned(path, amount) {
        arbitrageProfit[path] += amount
      },
      capped(path) {
        cappedTicks[path] += 1
      },
    },
    laws: {
      'no wallet is overdrawn': {
        meaning: 'AID, sAID, USDC and pool shares of every holder are not below zero',
        scale: 'ledger',
        distance(path) {
          let lowest = 0
          for (let at = path * holders; at < (path + 1) * holders; at++) {
            lowest = Math.min(lowest, aid[at], shares[at], usdc[at], poolShares[at], saidPoolShares[at])
          }
          return lowest
        },
      },
    },
  }
}

/** @throws InputError when pools and loans would hold more than exists. */
function requireFree(coin: string, free: number, settings: string): void {
  if (free >= 0) return
  throw new InputError(
    `pools and loans need ${-free} ${coin} more at the start than there is outside them; change ${settings}`,
  )
}

/** What is not in a pool, the vault or the lending market at the start belongs to the holders. */
function endow(context: Context, register: Register, path: number): void {
  const { state, inputs, parameters } = context
  const { holders, role, share, capital } = register
  const freeAid = inputs.supply[path] - inputs.heldAid[path] - inputs.poolAid[path] - inputs.saidPoolAid[path]
  const freeShares = inputs.totalShares[path] - inputs.saidPoolSaid[path] - inputs.collateral[path]
  requireFree('AID', freeAid, 'aid.startSupply, aid.stakedShare, aidPool.depth or saidPool.depth')
  requireFree('sAID', freeShares, 'aid.stakedShare, saidPool.depth or lending.debt')
  for (let h = 0; h < holders; h++) {
    const at = path * holders + h
    if (role[h] === roles.aid) {
      state.aid[at] = freeAid * share[h]
      state.usdc[at] = state.aid[at] * parameters.startingUsdc
    } else if (role[h] === roles.said) {
      state.shares[at] = freeShares * share[h]
      state.usdc[at] = state.shares[at] * inputs.depositNav[path] * parameters.startingUsdc
    } else if (role[h] === roles.liquidity) {
      state.poolShares[at] = inputs.poolSupply[path] * share[h]
      state.saidPoolShares[at] = inputs.saidPoolSupply[path] * share[h]
    } else {
      state.usdc[at] = capital[h]
    }
  }
  state.standingUsdc.set(state.usdc.subarray(path * holders, (path + 1) * holders), path * holders)
  let wallets = 0
  for (let at = path * holders; at < (path + 1) * holders; at++) wallets += state.usdc[at]
  state.usdcAtStart[path] = wallets + inputs.poolUsdc[path] + inputs.lenderUsdc[path] + inputs.reserveUsdc[path]
}
