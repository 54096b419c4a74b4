/**
 * A million exchanges on a two-coin StableSwap pool, from a splitmix64 stream: contract A = 200, static fee 4 bp, no admin
 * fee, a million tokens a side. The float version is the simulation's own curve; the exact one is its integer twin.
 */
import { exchangeOut } from '../../models/stableswap/curve.ts'
import { type ExactPool, exchange } from '../../models/stableswap/exact.ts'

const SEED = 42n
const MASK = (1n << 64n) - 1n

export interface FloatTrades {
  /** Tokens offered at each turn. */
  readonly dx: Float64Array
  /** Coin drawn at each turn, 0 or 1; a lopsided pool overrides it. */
  readonly coin: Uint8Array
}

/** The splitmix64 stream (Steele, Lea and Flood 2014). */
function splitmix64(seed: bigint): () => bigint {
  let state = seed
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
    return z ^ (z >> 31n)
  }
}

function* draws(count: number): Generator<{ dx: bigint; coin: 0 | 1 }> {
  const next = splitmix64(SEED)
  for (let k = 0; k < count; k++) {
    const size = next()
    const side = next()
    const dx = (1n + (size % 10_000n)) * 10n ** 18n + ((size >> 20n) % 1_000_000_000n) * 1_000_000_000n
    yield { dx, coin: (side & 1n) === 0n ? 0 : 1 }
  }
}

/** The stream in tokens, drawn beforehand so that only exchanges are timed. */
export function floatTrades(count: number): FloatTrades {
  const dx = new Float64Array(count)
  const coin = new Uint8Array(count)
  let k = 0
  for (const draw of draws(count)) {
    dx[k] = Number(draw.dx / 10n ** 9n) / 1e9
    coin[k] = draw.coin
    k++
  }
  return { dx, coin }
}

/** Runs the trades on the simulation's curve; returns the final balances in tokens. */
export function runFloat(trades: FloatTrades): [number, number] {
  const { dx, coin } = trades
  let b0 = 1e6
  let b1 = 1e6
  for (let k = 0; k < dx.length; k++) {
    const amount = dx[k]!
    const ceiling = 0.8 * (b0 + b1)
    const sellsFirst = b0 > ceiling ? false : b1 > ceiling ? true : coin[k] === 0
    if (sellsFirst) {
      b1 -= exchangeOut(b0, b1, amount, 200, 4e-4, 1)
      b0 += amount
    } else {
      b0 -= exchangeOut(b1, b0, amount, 200, 4e-4, 1)
      b1 += amount
    }
  }
  return [b0, b1]
}

/** Runs the first `count` trades on the integer twin; returns the final balances in 1e-18 tokens. */
export function runExact(count: number): [bigint, bigint] {
  const million = 10n ** 24n
  let balances: readonly bigint[] = [million, million]
  const pool: Omit<ExactPool, 'balances'> = {
    generation: 'classic',
    amplification: 200n,
    fee: 4_000_000n,
    offpegMultiplier: 0n,
    adminFeeShare: 0n,
    rates: [10n ** 18n, 10n ** 18n],
  }
  for (const draw of draws(count)) {
    const [b0, b1] = balances as [bigint, bigint]
    const ceiling = 4n * (b0 + b1)
    const i = 5n * b0 > ceiling ? 1 : 5n * b1 > ceiling ? 0 : draw.coin
    balances = exchange({ ...pool, balances }, i, 1 - i, draw.dx).balances
  }
  return balances as [bigint, bigint]
}
