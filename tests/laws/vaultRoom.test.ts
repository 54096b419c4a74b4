/** The vault alone: two prices, monthly income, drip, losses, and exits in cycles by either rule. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fifo, proRata } from '../../models/ledger/exact.ts'
import { vault } from '../../models/vault/room.ts'
import { type ColumnOf, playRoom } from '../support/playRoom.ts'

const seeded = { seed: 20261122, numRuns: 60 }
type Inputs = Readonly<Record<string, Float64Array>>
/** A vault with a million shares worth one each. */
const million = (inputs: Inputs, path: number): void => {
  inputs.openingStake[path] = 1e6
}
const par = { startingNav: 1 }
/** Exits that settle on the first day after a ten-day cycle. */
const tenDays = { ...par, cycleDays: 10, windowDays: 10, settlementDelayCycles: 0 }

describe('the prices of the vault', () => {
  it('part by the unrealised loss a share', () => {
    const feed = (inputs: Inputs, path: number) => {
      inputs.openingStake[path] = 1.07e6
      inputs.impairment[path] = 5e4
    }
    const column = playRoom(vault, { feed })
    expect(column('depositNav')[0]).toBeCloseTo(1.07, 12)
    expect(column('exitNav')[0]).toBeCloseTo(1.02, 12)
    expect(column('depositNav')[0] - column('exitNav')[0]).toBeCloseTo(5e4 / 1e6, 12)
    const single = playRoom(vault, { feed, parameters: { dualNav: 'off' } })
    expect(single('exitNav')[0]).toBe(single('depositNav')[0])
  })

  it('tell the fall from the peak', () => {
    const column = playRoom(vault, {
      days: 3,
      feed: million,
      parameters: { ...par, navMarking: 'continuous', performanceFee: 0 },
      meet: (operations, _, day) => (day === 0 ? operations.earn(0, 2.5e5) : day === 2 && operations.lose(0, 1e5)),
    })
    expect(column('peakNav')[0]).toBeCloseTo(1.25, 12)
    expect(column('drawdown')[0]).toBeCloseTo(0.08, 12)
  })

  it('survive a total loss: shares are worth 0, deposits are refused, nobody is paid, nothing divides by zero', () => {
    const column = playRoom(vault, {
      days: 12,
      feed: million,
      parameters: tenDays,
      meet: (operations, column, day) => {
        if (day === 1) expect(operations.requestExit(0, 0, 1000)).toBe(1000)
        if (day === 2) {
          expect(operations.lose(0, 1.5e6)).toBe(5e5)
          expect(column('depositNav')[0]).toBe(0)
          expect(operations.deposit(0, 100)).toBe(0)
        }
        if (day === 10) {
          expect(operations.due(0)).toBe(1)
          expect(operations.settle(0, 1e6)).toBe(0)
          expect(operations.nextPayout(0)).toBe(-1)
        }
      },
    })
    expect(column('totalAssets')[0]).toBe(0)
    expect(column('drawdown')[0]).toBe(1)
    expect(column('requestShares')[0]).toBe(1000)
    expect(column('queueDays')[0]).toBe(9 + 12 * 10)
  })

  it('refuse deposits while the unrealised loss exceeds the assets', () => {
    playRoom(vault, {
      feed: (inputs, path) => {
        inputs.openingStake[path] = 1e6
        inputs.impairment[path] = 1e6
      },
      meet: (operations) => expect(operations.deposit(0, 5)).toBe(0),
    })
  })
})

describe('income', () => {
  it('enters the price on the first of the month, less the fee, a quarter of which insures', () => {
    const nav: number[] = []
    const column = playRoom(vault, {
      days: 33,
      feed: million,
      parameters: par,
      meet: (operations, column, day) => {
        nav.push(column('depositNav')[0])
        if (day === 4) operations.earn(0, 10_000)
        if (day === 31) expect(operations.takeInjected(0)).toBe(8000)
      },
    })
    expect(nav[30]).toBe(1)
    expect(nav[31]).toBeCloseTo(1.008, 12)
    expect(column('insurance')[0]).toBe(500)
    expect(column('treasuryPayable')[0]).toBe(1500)
    expect(column('heldAid')[0]).toBe(1_008_000)
  })

  it('of 14.82 % leaves 11.86 % after a fee of a fifth', () => {
    const column = playRoom(vault, {
      days: 2,
      feed: million,
      parameters: { ...par, navMarking: 'continuous' },
      meet: (operations, _, day) => day === 0 && operations.earn(0, 148_200),
    })
    expect(column('depositNav')[0]).toBeCloseTo(1.11856, 12)
  })

  it('drips: 30,000 over 168 hours make 1.008571428571 a share after two days', () => {
    const column = playRoom(vault, {
      days: 4,
      feed: million,
      parameters: { ...par, navMarking: 'continuous', dripHours: 168, performanceFee: 0 },
      meet: (operations, _, day) => day === 0 && operations.earn(0, 30_000),
    })
    expect(column('depositNav')[0]).toBeCloseTo(1 + (0.03 * 48) / 168, 11)
    expect(column('unvested')[0]).toBeCloseTo((30_000 * 120) / 168, 8)
    expect(column('dripLeft')[0]).toBe(120)
  })

  it('waits where there is no share to receive it', () => {
    const column = playRoom(vault, {
      days: 3,
      parameters: { ...par, navMarking: 'continuous' },
      meet: (operations, _, day) => day === 0 && operations.earn(0, 100),
    })
    expect(column('undistributed')[0]).toBe(100)
    expect(column('depositNav')[0]).toBe(1)
  })
})

describe('the waterfall', () => {
  const prepared = { ...par, navMarking: 'continuous', dripHours: 240, performanceFee: 0, openingInsurance: 0.001 }
  const play = (loss: (operations: { [name: string]: (...v: number[]) => number }) => void, parameters = {}) =>
    playRoom(vault, {
      days: 2,
      feed: million,
      parameters: { ...prepared, ...parameters },
      meet: (operations, _, day) => {
        if (day === 0) operations.earn(0, 2000)
        if (day === 1) {
          operations.earn(0, 300)
          loss(operations)
        }
      },
    })

  it('takes insurance, then what drips, then assets, then income not yet injected, and tells what is left', () => {
    const stages: [number, number, number, number, number, number][] = [
      [900, 100, 2000, 1e6, 300, 0],
      [1500, 0, 1500, 1e6, 300, 0],
      [3600, 0, 0, 999_400, 300, 0],
      [1_003_100, 0, 0, 0, 200, 0],
      [1_004_000, 0, 0, 0, 0, 700],
    ]
    for (const [loss, insurance, unvested, assets, undistributed, left] of stages) {
      const column = play((operations) => expect(operations.lose(0, loss)).toBeCloseTo(left, 9))
      expect(column('insurance')[0]).toBeCloseTo(insurance, 9)
      expect(column('unvested')[0]).toBeCloseTo(unvested, 9)
      expect(column('totalAssets')[0]).toBeCloseTo(assets, 9)
      expect(column('undistributed')[0]).toBeCloseTo(undistributed, 9)
    }
  })

  it('lets the surplus stand between insurance and vault in unified mode: the two halves are operations of their own', () => {
    const column = play((operations) => {
      const left = operations.insure(0, 1500)
      expect(left).toBe(500)
      expect(operations.bear(0, left - 200)).toBe(0)
    })
    expect(column('unvested')[0]).toBe(1700)
    expect(column('burnedToday')[0]).toBe(300)
  })

  it('leaves nothing to burn where staking burns AID', () => {
    const column = playRoom(vault, {
      feed: (inputs, path) => {
        inputs.openingStake[path] = 1e6
        inputs.burned[path] = 1
      },
      meet: (operations) => {
        operations.lose(0, 1000)
        expect(operations.takeBurned(0)).toBe(0)
        expect(operations.deposit(0, 10)).toBeGreaterThan(0)
      },
    })
    expect(column('heldAid')[0]).toBe(0)
  })
})

describe('exits', () => {
  /** Requests on day `on`, settlements with `available` on each settlement day. @returns what each holder was paid on each day. */
  function playExits(options: {
    requests: readonly { holder: number; shares: number; on: number }[]
    available: (day: number) => number
    days: number
    parameters: object
    holders?: number
    feed?: (inputs: Inputs, path: number, day: number) => void
    also?: (operations: { [name: string]: (...v: number[]) => number }, column: ColumnOf, day: number) => void
  }) {
    const paid: { day: number; holder: number; usd: number }[] = []
    const column = playRoom(vault, {
      days: options.days,
      holders: options.holders ?? 4,
      feed: options.feed ?? million,
      parameters: options.parameters as never,
      meet: (operations, column, day) => {
        options.also?.(operations, column, day)
        if (operations.due(0) === 1) {
          const total = operations.settle(0, options.available(day))
          let sum = 0
          for (let holder = operations.nextPayout(0); holder !== -1; holder = operations.nextPayout(0)) {
            const usd = operations.payout(0, holder)
            paid.push({ day, holder, usd })
            sum += usd
          }
          expect(sum).toBeCloseTo(total, 6)
        }
        for (const { holder, shares, on } of options.requests) {
          if (on === day) expect(operations.requestExit(0, holder, shares)).toBe(shares)
        }
      },
    })
    return { paid, column }
  }

  it('wait for the settlement of their cycle: requests of July are paid on the 60th day under the documented rule', () => {
    const { paid } = playExits({
      requests: [
        { holder: 1, shares: 500, on: 0 },
        { holder: 2, shares: 700, on: 29 },
        { holder: 3, shares: 900, on: 30 },
      ],
      available: () => 1e6,
      days: 95,
      parameters: par,
    })
    expect(paid.map(({ day, holder }) => [day, holder])).toEqual([
      [60, 1],
      [60, 2],
      [90, 3],
    ])
  })

  it('count for the next cycle when they come after the window', () => {
    const { paid } = playExits({
      requests: [
        { holder: 1, shares: 500, on: 6 },
        { holder: 2, shares: 700, on: 7 },
      ],
      available: () => 1e6,
      days: 61,
      parameters: { ...par, windowDays: 7, settlementDelayCycles: 0 },
    })
    expect(paid.map(({ day, holder }) => [day, holder])).toEqual([
      [30, 1],
      [60, 2],
    ])
  })

  it('go first come first served with the rest rolling to the next cycle ahead of later requests', () => {
    const { paid, column } = playExits({
      requests: [
        { holder: 2, shares: 600, on: 1 },
        { holder: 0, shares: 500, on: 2 },
        { holder: 3, shares: 400, on: 11 },
      ],
      available: () => 800,
      days: 32,
      parameters: tenDays,
    })
    const rounded = paid.map(({ day, holder, usd }) => [day, holder, Math.round(usd * 1e6) / 1e6])
    expect(rounded).toEqual([
      [10, 2, 600],
      [10, 0, 200],
      [20, 0, 300],
      [20, 3, 400],
    ])
    expect(column('pendingShares')[0]).toBe(0)
    expect(column('lastFill')[0]).toBe(1)
  })

  it('lose their place in line neither by a part payment nor by time, and tell how long they wait', () => {
    const { column } = playExits({
      requests: [{ holder: 0, shares: 1000, on: 0 }],
      available: () => 100,
      days: 31,
      parameters: tenDays,
    })
    expect(column('cyclesWaited')[0]).toBe(3)
    expect(column('exitFailure')[0]).toBe(1)
    expect(column('overdueDays')[0]).toBe(20)
    // The latest settlement paid 100 of 800: ten days to the next, and seven more cycles like it.
    expect(column('queueDays')[0]).toBeCloseTo(80, 6)
  })

  it('are shared in proportion as the exact integers share them', () => {
    const requests = fc.array(fc.integer({ min: 1, max: 90_000_000 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(requests, fc.integer({ min: 0, max: 1100 }), fc.boolean(), (asked, share, first) => {
        const available = Math.floor((asked.reduce((a, b) => a + b, 0) * share) / 1000)
        const rule = first ? fifo : proRata
        const exact = rule(asked.map(BigInt), BigInt(available))
        const { paid } = playExits({
          requests: asked.map((shares, holder) => ({ holder, shares: shares / 1000, on: holder % 9 })),
          available: () => available / 1000,
          days: 11,
          holders: 10,
          parameters: { ...tenDays, exitRule: first ? 'fifo' : 'proRata' },
        })
        // First come first served follows the days of the requests; with nine of them the tenth ties with the first and comes after it.
        const line = asked.map((_, h) => h).sort((a, b) => (a % 9) - (b % 9) || a - b)
        const inLine = rule(
          line.map((h) => BigInt(asked[h])),
          BigInt(available),
        )
        for (const [place, holder] of line.entries()) {
          const usd = paid.find((p) => p.holder === holder)?.usd ?? 0
          const expected = first ? inLine[place] : exact[holder]
          // One unit of the integers (0.001) in proportion; the virtual unit of the shares moves a claim by 1e-12 of it.
          expect(Math.abs(usd - Number(expected) / 1000)).toBeLessThanOrEqual(first ? 1e-6 : 0.001 + 1e-6)
        }
      }),
      seeded,
    )
  })

  it('waiting shares bear losses and earn until settlement, unless the price was fixed at the request', () => {
    const withLoss = (priceFixing: string) =>
      playExits({
        requests: [{ holder: 0, shares: 1e5, on: 0 }],
        available: () => 1e6,
        days: 11,
        parameters: { ...tenDays, priceFixing },
        also: (operations, _, day) => day === 5 && operations.lose(0, 2e5),
      })
    expect(withLoss('settlement').paid[0].usd).toBeCloseTo(8e4, 5)
    const fixed = withLoss('request')
    expect(fixed.paid[0].usd).toBeCloseTo(1e5, 5)
    // Who asked early was senior: those who stay bear the whole loss.
    expect(fixed.column('depositNav')[0]).toBeCloseTo(7 / 9, 9)
  })

  it('at the price of exit leave that price to those who stay', () => {
    const { column } = playExits({
      requests: [{ holder: 0, shares: 6e5, on: 0 }],
      available: () => 1e6,
      days: 11,
      parameters: tenDays,
      feed: (inputs, path) => {
        inputs.openingStake[path] = 1e6
        inputs.impairment[path] = 1e5
      },
    })
    expect(column('paidTotal')[0]).toBeCloseTo(5.4e5, 5)
    expect(column('exitNav')[0]).toBeCloseTo(0.9, 9)
  })

  it('of the last holder empty the vault: what is left against unrealised losses goes to the insurance fund', () => {
    const { column } = playExits({
      requests: [
        { holder: 0, shares: 4e5, on: 0 },
        { holder: 1, shares: 6e5, on: 1 },
      ],
      available: () => 1e7,
      days: 12,
      parameters: tenDays,
      feed: (inputs, path) => {
        inputs.openingStake[path] = 1e6
        inputs.impairment[path] = 1e5
      },
      also: (operations, _, day) => day === 11 && expect(operations.deposit(0, 50)).toBeCloseTo(50, 9),
    })
    expect(column('shares')[0]).toBeCloseTo(50, 9)
    expect(column('insurance')[0]).toBeCloseTo(1e5, 5)
    expect(column('totalAssets')[0]).toBe(50)
  })

  it('are refused while the holder waits, for more than there is, and below the minimum', () => {
    playRoom(vault, {
      feed: million,
      parameters: { ...par, minimumRequest: 10 },
      meet: (operations) => {
        expect(operations.requestExit(0, 0, 9.9)).toBe(0)
        expect(operations.requestExit(0, 0, 600_000)).toBe(600_000)
        expect(operations.requestExit(0, 0, 10)).toBe(0)
        expect(operations.requestExit(0, 1, 400_001)).toBe(0)
        expect(operations.requestExit(0, 1, 400_000)).toBe(400_000)
        expect(operations.cancelExit(0, 0)).toBe(0)
      },
    })
  })

  it('can be withdrawn only where the vault allows it', () => {
    const column = playRoom(vault, {
      feed: million,
      parameters: { ...par, cancellation: 'allowed' },
      meet: (operations) => {
        operations.requestExit(0, 0, 50)
        operations.requestExit(0, 1, 60)
        operations.requestExit(0, 2, 70)
        expect(operations.cancelExit(0, 1)).toBe(60)
        expect(operations.requestExit(0, 1, 5)).toBe(5)
      },
    })
    expect(column('pendingShares')[0]).toBe(125)
    expect([...column('queue')].slice(0, 3)).toEqual([0, 2, 1])
  })

  it('break a law when the younger is paid and the older left, or when more is paid than was there', () => {
    const cheat = (holders: readonly number[], available: number) => () =>
      playRoom(vault, {
        days: 11,
        feed: million,
        parameters: tenDays,
        meet: (operations, column, day) => {
          if (day === 0) {
            operations.requestExit(0, 0, 50)
            operations.requestExit(0, 1, 60)
          }
          if (day !== 10) return
          operations.settle(0, 200)
          column('settledAvailable')[0] = available
          for (const holder of holders) operations.payout(0, holder)
        },
      })
    expect(cheat([1, 0], 200)).not.toThrow()
    expect(cheat([1], 200)).toThrow(/vault: firstCome .* is off by 1/)
    expect(cheat([0, 1], 40)).toThrow(/vault: available .* is off by (70|69.99)/)
  })
})
