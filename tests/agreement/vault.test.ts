/** The floating-point vault and queue of the simulation against the exact-integer twin, unit by unit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fifo, proRata, sharesBurnedFor, unvestedOf, vaultDeposit, vaultRedeem } from '../../models/ledger/exact.ts'
import { payFifo, payProRata } from '../../models/vault/queue.ts'
import {
  assetsForShares,
  sharePrice,
  sharesForAssets,
  sharesForDeposit,
  unvestedAfter,
  virtualUnit,
} from '../../models/vault/shares.ts'

const seeded = { seed: 20261122, numRuns: 400 }
/** Up to 9 billion dollars in micro-USD, the most that a double counts to the unit. */
const microAmount = fc.bigInt({ min: 0n, max: 9_000_000_000_000_000n })
const poolAmount = fc.bigInt({ min: 1_000_000n, max: 9_000_000_000_000_000n })

/** Whole units may differ by the one that the integers round away, and doubles by 1e-12 of the amount (a few products of 1e-16 each). */
function expectWithinOneUnit(float: number, exact: bigint): void {
  expect(Math.abs(float - Number(exact))).toBeLessThanOrEqual(1 + 1e-12 * Number(exact))
}

describe('the queue of the simulation', () => {
  const queue = fc.record({
    requests: fc.array(microAmount, { minLength: 1, maxLength: 20 }),
    share: fc.integer({ min: 0, max: 1200 }),
    offset: fc.integer({ min: 0, max: 5 }),
  })

  it('pays pro-rata what largest-remainder integers pay, to the odd unit', () => {
    fc.assert(
      fc.property(queue, ({ requests, share, offset }) => {
        const available = (requests.reduce((a, b) => a + b, 0n) * BigInt(share)) / 1000n
        const slots = new Float64Array(offset + requests.length + 3).fill(-7)
        const paid = new Float64Array(slots.length).fill(-7)
        requests.forEach((request, i) => {
          slots[offset + i] = Number(request)
        })
        const total = payProRata(slots, offset, requests.length, Number(available), paid)
        proRata(requests, available).forEach((exact, i) => {
          expectWithinOneUnit(paid[offset + i]!, exact)
        })
        expect(total).toBeLessThanOrEqual(Math.max(Number(available), 0))
        expect(paid.slice(0, offset).every((x) => x === -7)).toBe(true)
        expect(paid.slice(offset + requests.length).every((x) => x === -7)).toBe(true)
      }),
      seeded,
    )
  })

  it('pays first come first served what the integers pay, in the order it is given', () => {
    const smallQueue = fc.array(fc.bigInt({ min: 0n, max: 10_000_000_000_000n }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(smallQueue, fc.integer({ min: 0, max: 1200 }), fc.integer(), (requests, share, rotation) => {
        const count = requests.length
        const available = (requests.reduce((a, b) => a + b, 0n) * BigInt(share)) / 1000n
        const order = Int32Array.from(requests, (_, i) => (((i + rotation) % count) + count) % count)
        const paid = new Float64Array(count)
        payFifo(Float64Array.from(requests, Number), order, 0, count, Number(available), paid)
        const exact = fifo(
          Array.from(order, (i) => requests[i]!),
          available,
        )
        // Below 2^53 units sums and differences of whole doubles are exact, so not a unit may differ.
        Array.from(order).forEach((i, rank) => {
          expect(paid[i]).toBe(Number(exact[rank]))
        })
      }),
      seeded,
    )
  })
})

describe('the shares of the simulation', () => {
  const micro = 1e6

  it('convert deposits and redemptions as the ERC-4626 integers do, to the odd unit', () => {
    fc.assert(
      fc.property(poolAmount, poolAmount, fc.integer({ min: 0, max: 1000 }), (totalAssets, totalShares, share) => {
        const shares = (totalShares * BigInt(share)) / 1000n
        const assets = (totalAssets * BigInt(share)) / 1000n
        const [ta, ts] = [Number(totalAssets) / micro, Number(totalShares) / micro]
        const deposit = sharesForDeposit(Number(assets) / micro, ta, ts)
        expectWithinOneUnit(deposit * micro, vaultDeposit(assets, totalAssets, totalShares))
        expectWithinOneUnit(
          assetsForShares(Number(shares) / micro, ta, ts) * micro,
          vaultRedeem(shares, totalAssets, totalShares),
        )
        expectWithinOneUnit(
          sharesForAssets(Number(assets) / micro, ta, ts) * micro,
          sharesBurnedFor(assets, totalAssets, totalShares),
        )
      }),
      seeded,
    )
  })

  it('vest a drip as the integers do, in one stride or in many', () => {
    const drip = fc.record({
      total: microAmount,
      hours: fc.integer({ min: 1, max: 1000 }),
      strides: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }),
    })
    fc.assert(
      fc.property(drip, ({ total, hours, strides }) => {
        let unvested = Number(total)
        let left = hours
        for (const stride of strides) {
          unvested = unvestedAfter(unvested, left, stride)
          left = Math.max(left - stride, 0)
        }
        expectWithinOneUnit(unvested, unvestedOf(total, BigInt(left), BigInt(hours)))
      }),
      seeded,
    )
  })

  it('give 1.006428571429 a share 36 hours into a drip of 30,000 over 168 hours on 1,000,000', () => {
    const vested = 1_030_000 - unvestedAfter(30_000, 168, 36)
    // The virtual unit moves the price by 1e-12 of it; the figure has 12 decimals.
    expect(Math.abs(sharePrice(vested, 1_000_000) - 1.006428571429)).toBeLessThan(1e-12)
  })

  it('are worth nothing when everything was burned, and take no deposit then', () => {
    expect(assetsForShares(1000, 0, 5000)).toBeLessThan(1000 * virtualUnit)
    expect(() => sharesForDeposit(1, 0, 5000)).toThrow(/deposits are blocked/)
    expect(() => vaultDeposit(1n, 0n, 5000n)).toThrow(/deposits are blocked/)
    expect(sharesForDeposit(1, 0, 0)).toBe(1)
  })
})
