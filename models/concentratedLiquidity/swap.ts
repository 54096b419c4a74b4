/**
 * Swaps across ranges of liquidity in exact integers.
 *
 * Source: Uniswap v3 core (H. Adams et al., "Uniswap v3 Core", 2021, section 6.3). Where no liquidity is left in the direction of the
 * trade it stops and says what is unfilled, instead of running to the last price.
 */
import { InputError } from '../../sim/kernel/errors.ts'
import { amount0Between, amount1Between, divideUp, nextPriceFromInput, nextPriceFromOutput } from './sqrtPriceMath.ts'
import { sqrtPriceAtTick } from './tickMath.ts'

/** Fees are hundredths of a basis point. */
export const FEE_UNITS = 1_000_000n

export interface LiquidityRange {
  /** Ticks: active from lower up to, not including, upper. */
  readonly lower: number
  readonly upper: number
  readonly liquidity: bigint
}

export interface SwapStep {
  readonly sqrtPriceX96: bigint
  /** Without the fee. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly fee: bigint
}

export interface SwapResult extends SwapStep {
  /** What of the amount asked for could not be traded. */
  readonly unfilled: bigint
}

export type SwapAmount = 'input' | 'output'

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/**
 * One step towards `target` within constant liquidity: as far as `remaining` of the input (fee included) or output allows.
 * Prices are √P · 2^96, amounts token units, fee in 1e-6.
 */
export function swapStep(
  current: bigint,
  target: bigint,
  liquidity: bigint,
  remaining: bigint,
  fee: bigint,
  given: SwapAmount = 'input',
): SwapStep {
  const zeroForOne = current >= target
  const inTo = (price: bigint) =>
    zeroForOne ? amount0Between(price, current, liquidity, true) : amount1Between(current, price, liquidity, true)
  const outTo = (price: bigint) =>
    zeroForOne ? amount1Between(price, current, liquidity, false) : amount0Between(current, price, liquidity, false)

  if (given === 'input') {
    const afterFee = (remaining * (FEE_UNITS - fee)) / FEE_UNITS
    const needed = inTo(target)
    const price = afterFee >= needed ? target : nextPriceFromInput(current, liquidity, afterFee, zeroForOne)
    const amountIn = price === target ? needed : inTo(price)
    const charged = price === target ? divideUp(amountIn * fee, FEE_UNITS - fee) : remaining - amountIn
    return { sqrtPriceX96: price, amountIn, amountOut: outTo(price), fee: charged }
  }
  const price = remaining >= outTo(target) ? target : nextPriceFromOutput(current, liquidity, remaining, zeroForOne)
  const amountIn = inTo(price)
  const charged = divideUp(amountIn * fee, FEE_UNITS - fee)
  return { sqrtPriceX96: price, amountIn, amountOut: smaller(outTo(price), remaining), fee: charged }
}

export interface SwapRequest {
  readonly sqrtPriceX96: bigint
  readonly ranges: readonly LiquidityRange[]
  /** 1e-6. */
  readonly fee: bigint
  /** Token units: of the input with its fee, or of the output. */
  readonly amount: bigint
  readonly given?: SwapAmount
  readonly zeroForOne: boolean
  /** The swap does not pass this price, which lies strictly ahead. */
  readonly limit?: bigint
  /**
   * Prices, nearest first, at which the swap pauses although no range begins there: a contract that looks for the next tick
   * one word of its bitmap at a time rounds once more at each. Left out: none.
   */
  readonly pauses?: (from: bigint) => bigint | undefined
}

/**
 * Trades `amount` across the ranges, which may overlap or leave gaps; gaps are crossed where liquidity lies beyond.
 * @throws InputError when a range is empty, an amount or the price is not above zero, or the fee is not below 1e6.
 */
export function swap(request: SwapRequest): SwapResult {
  const { zeroForOne, fee, limit } = request
  const given = request.given ?? 'input'
  checkRequest(request)
  const ranges = request.ranges.map((range) => ({
    low: sqrtPriceAtTick(range.lower),
    high: sqrtPriceAtTick(range.upper),
    liquidity: range.liquidity,
  }))
  const boundaries = boundariesAhead(ranges)
  let price = request.sqrtPriceX96
  let remaining = request.amount
  let [amountIn, amountOut, fees] = [0n, 0n, 0n]
  while (remaining > 0n && price !== limit) {
    const boundary = nextBoundary(boundaries, price, zeroForOne)
    if (boundary === undefined) break
    let target = nearer(boundary, request.pauses?.(price), zeroForOne)
    if (limit !== undefined) target = nearer(target, limit, zeroForOne)
    const liquidity = liquidityTowards(ranges, price, target)
    if (liquidity === 0n) {
      price = target
      continue
    }
    const step = swapStep(price, target, liquidity, remaining, fee, given)
    price = step.sqrtPriceX96
    amountIn += step.amountIn
    amountOut += step.amountOut
    fees += step.fee
    remaining -= given === 'input' ? step.amountIn + step.fee : step.amountOut
  }
  return { sqrtPriceX96: price, amountIn, amountOut, fee: fees, unfilled: remaining }
}

interface PriceRange {
  readonly low: bigint
  readonly high: bigint
  readonly liquidity: bigint
}

function boundariesAhead(ranges: readonly PriceRange[]): bigint[] {
  const live = ranges.filter((range) => range.liquidity > 0n)
  return [...new Set(live.flatMap((range) => [range.low, range.high]))]
}

function nextBoundary(boundaries: readonly bigint[], price: bigint, zeroForOne: boolean): bigint | undefined {
  let next: bigint | undefined
  for (const boundary of boundaries) {
    if (zeroForOne ? boundary < price : boundary > price) next = nearer(boundary, next, zeroForOne)
  }
  return next
}

const nearer = (a: bigint, b: bigint | undefined, zeroForOne: boolean): bigint =>
  b === undefined || a > b === zeroForOne ? a : b

/** Liquidity active all the way between two prices with no boundary between them. */
function liquidityTowards(ranges: readonly PriceRange[], price: bigint, target: bigint): bigint {
  const [low, high] = price < target ? [price, target] : [target, price]
  let liquidity = 0n
  for (const range of ranges) if (range.low <= low && range.high >= high) liquidity += range.liquidity
  return liquidity
}

function checkRequest({ sqrtPriceX96, ranges, fee, amount, limit, zeroForOne }: SwapRequest): void {
  if (sqrtPriceX96 <= 0n) throw new InputError(`sqrtPriceX96 ${sqrtPriceX96}: above zero`)
  if (amount <= 0n) throw new InputError(`amount ${amount}: above zero`)
  if (fee < 0n || fee >= FEE_UNITS) throw new InputError(`fee ${fee}: within 0 … ${FEE_UNITS - 1n}`)
  for (const { lower, upper, liquidity } of ranges) {
    if (lower >= upper) throw new InputError(`range ${lower} … ${upper}: lower below upper`)
    if (liquidity < 0n) throw new InputError(`liquidity ${liquidity}: zero or above`)
  }
  if (limit !== undefined && (zeroForOne ? limit >= sqrtPriceX96 : limit <= sqrtPriceX96)) {
    throw new InputError(
      `limit ${limit}: strictly ahead of the price ${sqrtPriceX96}, ${zeroForOne ? 'below' : 'above'} it`,
    )
  }
}
