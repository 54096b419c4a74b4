/** Concentrated liquidity: its constants from their definition, published steps, and the swaps of the reference pool's own tests. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  amount0Between,
  amount1Between,
  nextPriceFromInput,
  nextPriceFromOutput,
} from '../../models/concentratedLiquidity/sqrtPriceMath.ts'
import { type SwapRequest, swap, swapStep } from '../../models/concentratedLiquidity/swap.ts'
import {
  MAX_SQRT_PRICE,
  MAX_TICK,
  MIN_SQRT_PRICE,
  MIN_TICK,
  Q96,
  sqrtPriceAtTick,
  tickAtSqrtPrice,
} from '../../models/concentratedLiquidity/tickMath.ts'

const UNIT = 10n ** 18n

function squareRoot(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}
const priceOf = (token1: bigint, token0: bigint): bigint => squareRoot((token1 << 192n) / token0)

describe('ticks', () => {
  it('have the square-root prices √1.0001^tick, rounded up, for every constant of the table', () => {
    const bits = 512n
    let power = squareRoot((10000n << (2n * bits)) / 10001n)
    for (let bit = 0; 2 ** bit <= MAX_TICK; bit++) {
      const truth = (power << 96n) >> bits
      const got = sqrtPriceAtTick(-(2 ** bit))
      // The constants hold 128 bits, the prices 96: rounding up leaves at most the one above the truth.
      expect(got === truth || got === truth + 1n, `tick ${-(2 ** bit)}`).toBe(true)
      power = (power * power) >> bits
    }
  })

  it('are found again from their square-root price and not from one below it', () => {
    for (const tick of [MIN_TICK + 1, -500_000, -60, -1, 0, 1, 23028, 500_000, MAX_TICK - 1]) {
      expect(tickAtSqrtPrice(sqrtPriceAtTick(tick))).toBe(tick)
      expect(tickAtSqrtPrice(sqrtPriceAtTick(tick) - 1n)).toBe(tick - 1)
    }
    expect(() => tickAtSqrtPrice(MAX_SQRT_PRICE)).toThrow('sqrtPriceX96')
    expect(() => sqrtPriceAtTick(MAX_TICK + 1)).toThrow('tick')
  })
})

describe('steps published with the reference pool', () => {
  it('reproduce its next prices and amounts', () => {
    expect(nextPriceFromInput(Q96, UNIT, UNIT / 10n, false)).toBe(87150978765690771352898345369n)
    expect(nextPriceFromInput(Q96, UNIT, UNIT / 10n, true)).toBe(72025602285694852357767227579n)
    expect(nextPriceFromOutput(Q96, UNIT, UNIT / 10n, false)).toBe(88031291682515930659493278152n)
    expect(nextPriceFromOutput(Q96, UNIT, UNIT / 10n, true)).toBe(71305346262837903834189555302n)
    expect(amount0Between(Q96, priceOf(121n, 100n), UNIT, true)).toBe(90909090909090910n)
    expect(amount0Between(Q96, priceOf(121n, 100n), UNIT, false)).toBe(90909090909090909n)
    expect(amount1Between(Q96, priceOf(121n, 100n), UNIT, true)).toBe(100000000000000000n)
    expect(amount1Between(Q96, priceOf(121n, 100n), UNIT, false)).toBe(99999999999999999n)
  })

  it('reproduce a step that reaches its target and one that does not', () => {
    const near = priceOf(101n, 100n)
    expect(swapStep(Q96, near, 2n * UNIT, UNIT, 600n)).toEqual({
      sqrtPriceX96: near,
      amountIn: 9975124224178055n,
      amountOut: 9925619580021728n,
      fee: 5988667735148n,
    })
    expect(swapStep(Q96, priceOf(1000n, 100n), 2n * UNIT, UNIT, 600n)).toMatchObject({
      amountIn: 999400000000000000n,
      amountOut: 666399946655997866n,
      fee: 600000000000000n,
    })
  })

  it('refuse more output than the liquidity holds', () => {
    expect(() => nextPriceFromOutput(Q96, 1n, 1n << 97n, true)).toThrow('less token 1')
    expect(() => nextPriceFromOutput(Q96, 1n, 1n << 97n, false)).toThrow('less token 0')
  })
})

describe('swaps over several ranges', () => {
  const price = Q96
  const request = { sqrtPriceX96: price, fee: 3000n, amount: 10n ** 22n }

  it('add overlapping ranges up', () => {
    const once = swap({
      ...request,
      zeroForOne: true,
      ranges: [{ lower: -6000, upper: 6000, liquidity: 3n * 10n ** 23n }],
    })
    const split = swap({
      ...request,
      zeroForOne: true,
      ranges: [
        { lower: -6000, upper: 6000, liquidity: 10n ** 23n },
        { lower: -6000, upper: 6000, liquidity: 2n * 10n ** 23n },
      ],
    })
    expect(split).toEqual(once)
  })

  it('cross a gap where liquidity lies beyond it, and stop at the last range where none does', () => {
    const gap = [
      { lower: -60, upper: 60, liquidity: 10n ** 20n },
      { lower: -600, upper: -300, liquidity: 10n ** 24n },
    ]
    const crossed = swap({ ...request, zeroForOne: true, ranges: gap })
    expect(crossed.unfilled).toBe(0n)
    expect(crossed.sqrtPriceX96 < sqrtPriceAtTick(-300)).toBe(true)
    const stopped = swap({ ...request, zeroForOne: false, ranges: gap })
    expect(stopped.sqrtPriceX96).toBe(sqrtPriceAtTick(60))
    expect(stopped.amountIn + stopped.fee + stopped.unfilled).toBe(request.amount)
    expect(stopped.unfilled > 0n).toBe(true)
  })

  it('refuse an empty range, a fee of everything and a limit on the wrong side', () => {
    const ranges = [{ lower: -60, upper: 60, liquidity: 1n }]
    expect(() => swap({ ...request, zeroForOne: true, ranges: [{ lower: 5, upper: 5, liquidity: 1n }] })).toThrow(
      'range 5',
    )
    expect(() => swap({ ...request, zeroForOne: true, ranges, fee: 1_000_000n })).toThrow('fee')
    expect(() => swap({ ...request, zeroForOne: true, ranges, limit: price + 1n })).toThrow('limit')
  })
})

/** The reference pool looks for its next tick within one word of 256 spacings, and rounds once more at each word's end. */
function wordEnds(spacing: number, zeroForOne: boolean): SwapRequest['pauses'] {
  return (from) => {
    const at = tickAtSqrtPrice(from)
    const tick = zeroForOne && sqrtPriceAtTick(at) === from ? at - 1 : at
    const compressed = Math.floor(tick / spacing) + (zeroForOne ? 0 : 1)
    const word = Math.floor(compressed / 256) * 256
    const end = (zeroForOne ? word : word + 255) * spacing
    return sqrtPriceAtTick(Math.min(Math.max(end, MIN_TICK), MAX_TICK))
  }
}

interface Setup {
  fee: bigint
  spacing: number
  price: bigint
  ranges: SwapRequest['ranges']
}
const lowest = (spacing: number) => Math.ceil(MIN_TICK / spacing) * spacing
const everywhere = (spacing: number, liquidity = 2n * UNIT) => [
  { lower: lowest(spacing), upper: -lowest(spacing), liquidity },
]
const around = [
  { lower: lowest(60), upper: -60, liquidity: 2n * UNIT },
  { lower: 60, upper: -lowest(60), liquidity: 2n * UNIT },
]
const medium = (price: bigint, ranges: SwapRequest['ranges'] = everywhere(60)): Setup => ({
  fee: 3000n,
  spacing: 60,
  price,
  ranges,
})
const mostPerTick = ((1n << 128n) - 1n) / BigInt((2 * -lowest(60)) / 60 + 1)
/** The pools of UniswapV3Pool.swaps.spec.ts. */
const pools: Record<string, Setup> = {
  'low fee, 1:1 price, 2e18 max range liquidity': { fee: 500n, spacing: 10, price: Q96, ranges: everywhere(10) },
  'medium fee, 1:1 price, 2e18 max range liquidity': medium(Q96),
  'high fee, 1:1 price, 2e18 max range liquidity': { fee: 10000n, spacing: 200, price: Q96, ranges: everywhere(200) },
  'medium fee, 10:1 price, 2e18 max range liquidity': medium(priceOf(10n, 1n)),
  'medium fee, 1:10 price, 2e18 max range liquidity': medium(priceOf(1n, 10n)),
  'medium fee, 1:1 price, 0 liquidity, all liquidity around current price': medium(Q96, around),
  'medium fee, 1:1 price, additional liquidity around current price': medium(Q96, [...everywhere(60), ...around]),
  'low fee, large liquidity around current price (stable swap)': {
    fee: 500n,
    spacing: 10,
    price: Q96,
    ranges: [{ lower: -10, upper: 10, liquidity: 2n * UNIT }],
  },
  'medium fee, token0 liquidity only': medium(Q96, [{ lower: 0, upper: 2000 * 60, liquidity: 2n * UNIT }]),
  'medium fee, token1 liquidity only': medium(Q96, [{ lower: -2000 * 60, upper: 0, liquidity: 2n * UNIT }]),
  'close to max price': medium(priceOf(1n << 127n, 1n)),
  // 2^−127, as the reference tests write it: with forty decimal places, and so its root.
  'close to min price': medium((squareRoot(59n * 10n ** 40n) * Q96) / 10n ** 40n),
  'max full range liquidity at 1:1 price with default fee': medium(Q96, everywhere(60, mostPerTick)),
  'initialized at the max ratio': medium(MAX_SQRT_PRICE - 1n),
  'initialized at the min ratio': medium(MIN_SQRT_PRICE),
}

interface Vector {
  name: string
  amount0Delta?: string
  amount1Delta?: string
  poolPriceAfter?: string
  tickAfter?: number
  swapError?: string
}

const limits: Record<string, bigint> = {
  '0.50000': priceOf(50n, 100n),
  '2.0000': priceOf(200n, 100n),
  '0.40000': priceOf(2n, 5n),
  '2.5000': priceOf(5n, 2n),
}

function requestOf(setup: Setup, words: string): SwapRequest {
  const zeroForOne = words.indexOf('token0') < words.indexOf('token1')
  const given = / for exactly /.test(words) ? 'output' : 'input'
  const exactly = /exactly ([\d.]+) token/.exec(words)?.[1]
  const limit = /to price ([\d.]+) /.exec(words)?.[1]
  return {
    sqrtPriceX96: setup.price,
    ranges: setup.ranges,
    fee: setup.fee,
    amount: exactly === undefined ? (1n << 255n) - 1n : BigInt(Math.round(Number(exactly) * 1e15)) * 1000n,
    given,
    zeroForOne,
    limit: limit === undefined ? (zeroForOne ? MIN_SQRT_PRICE + 1n : MAX_SQRT_PRICE - 1n) : limits[limit],
    pauses: wordEnds(setup.spacing, zeroForOne),
  }
}

const file = new URL('../../../shared/vectors/univ3_pool_swaps.json', import.meta.url)
const vectors: Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : []

describe.skipIf(vectors.length === 0)(
  'the 240 swaps of the reference pool’s own tests (skipped without their file)',
  () => {
    for (const [pool, setup] of Object.entries(pools)) {
      it(`are reproduced to the last unit: ${pool}`, () => {
        const prefix = `UniswapV3Pool swap tests ${pool} `
        const cases = vectors.filter((vector) => vector.name.startsWith(prefix))
        expect(cases.length).toBe(16)
        for (const vector of cases) {
          const request = requestOf(setup, vector.name.slice(prefix.length).replace(/^swap /, ''))
          if (vector.swapError !== undefined) {
            expect(() => swap(request), vector.name).toThrow()
            continue
          }
          const { amountIn, fee, amountOut, sqrtPriceX96, unfilled } = swap(request)
          const deltas = [amountIn + fee, -amountOut]
          if (!request.zeroForOne) deltas.reverse()
          expect(deltas.map(String), vector.name).toEqual([vector.amount0Delta, vector.amount1Delta])
          // Where liquidity ends the reference pool runs on to its limit, and this one stops.
          if (unfilled > 0n) continue
          const tick = tickAtSqrtPrice(sqrtPriceX96)
          const crossed = request.zeroForOne && sqrtPriceAtTick(tick) === sqrtPriceX96
          expect([tick, crossed ? tick - 1 : tick], vector.name).toContain(vector.tickAfter)
          // Published with five digits, and the smallest with forty places and fewer digits.
          const published = Number(vector.poolPriceAfter)
          const ratio = (Number(sqrtPriceX96) / 2 ** 96) ** 2
          expect(Math.abs(ratio - published), vector.name).toBeLessThan(6e-5 * published + 5e-41)
        }
      })
    }
  },
)
