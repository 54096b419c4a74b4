/**
 * Ticks and square-root prices of a concentrated-liquidity pool in exact integers: price = 1.0001^tick, kept as √price · 2^96.
 *
 * Source: Uniswap v3 core (H. Adams et al., "Uniswap v3 Core", 2021, section 6.1) and its published tables.
 */
import { InputError } from '../../sim/kernel/errors.ts'

export const Q96 = 1n << 96n
export const MIN_TICK = -887272
export const MAX_TICK = 887272
export const MIN_SQRT_PRICE = 4295128739n
export const MAX_SQRT_PRICE = 1461446703485210103287273052203988822378723970342n

const TOP_WORD = (1n << 256n) - 1n
/** √(1.0001)^(−2^k) · 2^128, k = 0 … 19. */
const INVERSE_POWERS: readonly bigint[] = [
  0xfffcb933bd6fad37aa2d162d1a594001n,
  0xfff97272373d413259a46990580e213an,
  0xfff2e50f5f656932ef12357cf3c7fdccn,
  0xffe5caca7e10e4e61c3624eaa0941cd0n,
  0xffcb9843d60f6159c9db58835c926644n,
  0xff973b41fa98c081472e6896dfb254c0n,
  0xff2ea16466c96a3843ec78b326b52861n,
  0xfe5dee046a99a2a811c461f1969c3053n,
  0xfcbe86c7900a88aedcffc83b479aa3a4n,
  0xf987a7253ac413176f2b074cf7815e54n,
  0xf3392b0822b70005940c7a398e4b70f3n,
  0xe7159475a2c29b7443b29c7fa6e889d9n,
  0xd097f3bdfd2022b8845ad8f792aa5825n,
  0xa9f746462d870fdf8a65dc1f90e061e5n,
  0x70d869a156d2a1b890bb3df62baf32f7n,
  0x31be135f97d08fd981231505542fcfa6n,
  0x9aa508b5b7a84e1c677de54f3e99bc9n,
  0x5d6af8dedb81196699c329225ee604n,
  0x2216e584f5fa1ea926041bedfe98n,
  0x48a170391f7dc42444e8fa2n,
]

/**
 * √(1.0001^tick) · 2^96, rounded up.
 * @throws InputError when the tick is not a whole number within ±887272.
 */
export function sqrtPriceAtTick(tick: number): bigint {
  if (!Number.isInteger(tick) || tick < MIN_TICK || tick > MAX_TICK) {
    throw new InputError(`tick ${tick}: a whole number within ${MIN_TICK} … ${MAX_TICK}`)
  }
  const magnitude = Math.abs(tick)
  let ratio = 1n << 128n
  INVERSE_POWERS.forEach((power, bit) => {
    if ((magnitude >>> bit) & 1) ratio = (ratio * power) >> 128n
  })
  if (tick > 0) ratio = TOP_WORD / ratio
  const remainder = ratio & 0xffffffffn
  return (ratio >> 32n) + (remainder === 0n ? 0n : 1n)
}

/**
 * The greatest tick whose square-root price is at most the given one.
 * @throws InputError when the price is outside the range of the ticks (the top excluded).
 */
export function tickAtSqrtPrice(sqrtPriceX96: bigint): number {
  if (sqrtPriceX96 < MIN_SQRT_PRICE || sqrtPriceX96 >= MAX_SQRT_PRICE) {
    throw new InputError(`sqrtPriceX96 ${sqrtPriceX96}: within ${MIN_SQRT_PRICE} … ${MAX_SQRT_PRICE - 1n}`)
  }
  let low = MIN_TICK
  let high = MAX_TICK
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (sqrtPriceAtTick(middle) <= sqrtPriceX96) low = middle
    else high = middle
  }
  return low
}
