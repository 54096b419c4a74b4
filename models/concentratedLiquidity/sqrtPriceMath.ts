/**
 * Amounts, prices and liquidity between two square-root prices, in exact integers, always rounded in the pool's favour.
 *
 * Source: Uniswap v3 core and periphery (H. Adams et al., "Uniswap v3 Core", 2021, section 6.2):
 * Δtoken0 = L (1/√Pa − 1/√Pb), Δtoken1 = L (√Pb − √Pa).
 */
import { InputError } from '../../sim/kernel/errors.ts'
import { Q96 } from './tickMath.ts'

const WORD = 1n << 256n

export const divideUp = (numerator: bigint, denominator: bigint): bigint =>
  numerator / denominator + (numerator % denominator === 0n ? 0n : 1n)

const ordered = (a: bigint, b: bigint): [bigint, bigint] => (a > b ? [b, a] : [a, b])

/** Token 0 (units) held by `liquidity` between two square-root prices (Q96, above zero). */
export function amount0Between(a: bigint, b: bigint, liquidity: bigint, roundUp: boolean): bigint {
  const [low, high] = ordered(a, b)
  if (low <= 0n) throw new InputError(`square-root price ${low}: above zero`)
  const scaled = (liquidity << 96n) * (high - low)
  return roundUp ? divideUp(divideUp(scaled, high), low) : scaled / high / low
}

/** Token 1 (units) held by `liquidity` between two square-root prices (Q96). */
export function amount1Between(a: bigint, b: bigint, liquidity: bigint, roundUp: boolean): bigint {
  const [low, high] = ordered(a, b)
  return roundUp ? divideUp(liquidity * (high - low), Q96) : (liquidity * (high - low)) / Q96
}

/** The price after token 0 joins (or leaves), rounded up; where a 256-bit product would overflow, the contract's coarser form. */
function nextPriceFromAmount0(price: bigint, liquidity: bigint, amount: bigint, add: boolean): bigint {
  if (amount === 0n) return price
  const numerator = liquidity << 96n
  const product = amount * price
  if (add) {
    if (product < WORD && numerator + product < WORD) return divideUp(numerator * price, numerator + product)
    return divideUp(numerator, numerator / price + amount)
  }
  if (product >= WORD || numerator <= product)
    throw new InputError(`amount ${amount}: less token 0 than the liquidity holds`)
  return divideUp(numerator * price, numerator - product)
}

/** The price after token 1 joins (or leaves), rounded down. */
function nextPriceFromAmount1(price: bigint, liquidity: bigint, amount: bigint, add: boolean): bigint {
  if (add) return price + (amount << 96n) / liquidity
  const quotient = divideUp(amount << 96n, liquidity)
  if (price <= quotient) throw new InputError(`amount ${amount}: less token 1 than the liquidity holds`)
  return price - quotient
}

/** The square-root price after `amountIn` joins: token 0 when zeroForOne, else token 1. */
export function nextPriceFromInput(price: bigint, liquidity: bigint, amountIn: bigint, zeroForOne: boolean): bigint {
  requirePool(price, liquidity)
  return zeroForOne
    ? nextPriceFromAmount0(price, liquidity, amountIn, true)
    : nextPriceFromAmount1(price, liquidity, amountIn, true)
}

/** The square-root price after `amountOut` leaves: token 1 when zeroForOne, else token 0. */
export function nextPriceFromOutput(price: bigint, liquidity: bigint, amountOut: bigint, zeroForOne: boolean): bigint {
  requirePool(price, liquidity)
  return zeroForOne
    ? nextPriceFromAmount1(price, liquidity, amountOut, false)
    : nextPriceFromAmount0(price, liquidity, amountOut, false)
}

function requirePool(price: bigint, liquidity: bigint): void {
  if (price <= 0n) throw new InputError(`square-root price ${price}: above zero`)
  if (liquidity <= 0n) throw new InputError(`liquidity ${liquidity}: above zero`)
}

/** The most liquidity that amounts of both tokens (units) support between two square-root prices at the current one. */
export function liquidityForAmounts(price: bigint, a: bigint, b: bigint, amount0: bigint, amount1: bigint): bigint {
  const [low, high] = ordered(a, b)
  const from0 = (from: bigint) => (amount0 * ((from * high) / Q96)) / (high - from)
  const from1 = (to: bigint) => (amount1 * Q96) / (to - low)
  if (low === high) throw new InputError(`range ${low} … ${high}: not empty`)
  if (price <= low) return from0(low)
  if (price >= high) return from1(high)
  const by0 = from0(price)
  const by1 = from1(price)
  if (by0 < by1) return by0
  return by1
}
