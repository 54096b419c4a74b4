/** Money comes in: USDC from outside becomes AID, and for those who want yield, sAID. */
import { roles } from '../holders/register.ts'
import type { EconomyContext } from '../rooms.ts'

/** A newcomer without access to mints buys at most this share of the pool’s AID at a time. */
const poolShare = 0.1

export function makeEntries({ operations, columns, parameters, sizes }: EconomyContext): {
  enter(path: number, holder: number, usd: number): void
  /** A provider of liquidity who had left comes back to both pools with what it had at the start. */
  provide(path: number, holder: number): void
  /** Mints AID with USDC of the holder; returns the AID. */
  mint(path: number, holder: number, usdc: number): number
  /** Stakes AID of the holder; returns the shares. */
  stake(path: number, holder: number, amount: number): number
} {
  const { holders: own, aid, reserve, vault, aidPool, saidPool } = operations
  const { usdc, aid: wallet, poolShares, saidPoolShares } = columns.holders
  const { balance0, price } = columns.aidPool
  const { price: saidPrice } = columns.saidPool
  const { depositNav } = columns.vault
  const { mintFee } = parameters.aid
  const saidFee = parameters.saidPool.fee
  const startDepth = parameters.aidPool.depth
  const saidDepth = parameters.saidPool.depth
  const holders = sizes.holders['holder']

  const mint = (p: number, h: number, amount: number): number => {
    const pay = Math.min(amount, usdc[p * holders + h])
    if (mintFee >= 1) return 0
    const out = aid.mint(p, pay)
    if (out === 0) return 0
    own.addUsdc(p, h, -pay)
    reserve.receiveUsdc(p, pay)
    own.addAid(p, h, out)
    return out
  }

  /** Who wants sAID buys it in the pool as far as that is cheaper than a deposit. */
  const buyCheap = (p: number, h: number, amount: number): number => {
    if (saidPrice[p] > 1 - 2 * saidFee) return 0
    const size = saidPool.bestSize(p, 1, depositNav[p], 1, 0, amount, Number.POSITIVE_INFINITY)
    const got = size > 0 ? saidPool.swap(p, 1, size) : 0
    if (got === 0) return 0
    own.addAid(p, h, -size)
    own.addShares(p, h, got)
    return size
  }

  const stake = (p: number, h: number, amount: number): number => {
    const shares = vault.deposit(p, amount)
    if (shares === 0) return 0
    own.addAid(p, h, -amount)
    // Where staking burns AID its dollars are the fund's from now on.
    if (columns.aid.burned[p] === 1) aid.burn(p, amount)
    own.addShares(p, h, shares)
    return shares
  }

  /** Newcomers without access buy from the pool what it can give without moving far; partners mint the rest for them. */
  const buy = (p: number, h: number, amount: number): number => {
    const fromPool = price[p] <= 1 ? Math.min(amount, poolShare * balance0[p]) : 0
    let got = 0
    if (fromPool > 0) {
      const out = aidPool.swap(p, 1, fromPool)
      if (out > 0) {
        own.addUsdc(p, h, -fromPool)
        own.addAid(p, h, out)
        got += out
      }
    }
    return got + mint(p, h, amount - (got > 0 ? fromPool : 0))
  }

  /** Half of the money is minted, and both halves go into the pool at its price. */
  const fillAidPool = (p: number, h: number, usd: number): void => {
    own.bring(p, h, usd)
    const minted = mint(p, h, 0.5 * usd)
    if (minted === 0) return
    const paid = Math.min(usdc[p * holders + h], minted * price[p])
    const got = aidPool.addLiquidity(p, minted, paid)
    own.addAid(p, h, -minted)
    own.addUsdc(p, h, -paid)
    own.addPoolShares(p, h, got)
  }

  /** All of the money is minted, half of it staked, and both halves go into the pool. */
  const fillSaidPool = (p: number, h: number, usd: number): void => {
    own.bring(p, h, usd)
    const minted = mint(p, h, usd)
    const staked = minted > 0 ? stake(p, h, 0.5 * minted) : 0
    if (staked === 0) return
    const rest = wallet[p * holders + h]
    const got = saidPool.addLiquidity(p, staked, Math.min(rest, 0.5 * minted))
    own.addShares(p, h, -staked)
    own.addAid(p, h, -Math.min(rest, 0.5 * minted))
    own.addSaidPoolShares(p, h, got)
  }

  return {
    mint,
    stake,
    provide(p, h) {
      const at = p * holders + h
      if (poolShares[at] === 0) fillAidPool(p, h, startDepth * own.shareOf(h))
      if (saidPoolShares[at] === 0) fillSaidPool(p, h, saidDepth * own.shareOf(h))
      own.takeAway(p, h, 0)
    },
    enter(p, h, usd) {
      own.bring(p, h, usd)
      const got = own.whitelisted(h) === 1 ? mint(p, h, usd) : buy(p, h, usd)
      if (own.role(h) === roles.said && got > 0) stake(p, h, got - buyCheap(p, h, got))
    },
  }
}
