/** AID alone: mints, the line of redemptions, caps, gates, fees, and the backing that losses eat. */
import { describe, expect, it } from 'vitest'
import { aid } from '../../models/aid/room.ts'
import { fifo } from '../../models/ledger/exact.ts'
import { playRoom } from '../support/playRoom.ts'

const million = { startSupply: 1e6, stakedShare: 0, redeemFee: 0 }

describe('the line of redemptions', () => {
  it('pays exactly the liquid amount, the oldest first, when everybody redeems at once', () => {
    const asked = [300_000, 250_000, 150_000, 300_000]
    const order = [2, 0, 3, 1]
    const liquid = 520_000
    const paid = [0, 0, 0, 0]
    const column = playRoom(aid, {
      parameters: million,
      meet: (operations) => {
        for (const holder of order) expect(operations.requestRedemption(0, holder, asked[holder])).toBe(asked[holder])
        let left = liquid
        while (left > 0) {
          const holder = operations.nextInQueue(0)
          const part = operations.paid(0, holder, Math.min(left, operations.payable(0)))
          paid[holder] += part
          left -= part
        }
      },
    })
    const exact = fifo(
      order.map((h) => BigInt(asked[h])),
      BigInt(liquid),
    )
    expect(order.map((h) => paid[h])).toEqual(exact.map(Number))
    expect(paid.reduce((a, b) => a + b)).toBe(liquid)
    expect(column('supply')[0]).toBe(1e6 - liquid)
    expect(column('pendingRedemptions')[0]).toBe(1e6 - liquid)
  })

  it('refuses a second request of a holder who waits, and takes one again when the first is paid or withdrawn', () => {
    playRoom(aid, {
      parameters: million,
      meet: (operations) => {
        expect(operations.requestRedemption(0, 1, 100)).toBe(100)
        expect(operations.requestRedemption(0, 1, 50)).toBe(0)
        expect(operations.requested(0, 1)).toBe(100)
        expect(operations.requestRedemption(0, 0, 70)).toBe(70)
        expect(operations.cancelRedemption(0, 1)).toBe(100)
        expect(operations.cancelRedemption(0, 1)).toBe(0)
        expect(operations.requestRedemption(0, 1, 50)).toBe(50)
        expect(operations.nextInQueue(0)).toBe(0)
        expect(operations.paid(0, 0, 1e9)).toBe(70)
        expect(operations.nextInQueue(0)).toBe(1)
        expect(operations.requestRedemption(0, 2, -3)).toBe(0)
        expect(operations.requestRedemption(0, 2, Number.NaN)).toBe(0)
      },
    })
  })

  it('breaks the law of the line when a younger request is paid first', () => {
    const jump = () =>
      playRoom(aid, {
        parameters: million,
        meet: (operations) => {
          operations.requestRedemption(0, 0, 10)
          operations.requestRedemption(0, 1, 10)
          operations.paid(0, 1, 10)
        },
      })
    expect(jump).toThrow(/aid: firstCome .* is off by 1/)
  })

  it('counts a redemption unpaid for more than two business days as a failure, and a weekend not', () => {
    const failedOn = (askedOn: number) => {
      let first = -1
      playRoom(aid, {
        days: 14,
        parameters: million,
        meet: (operations, column, day) => {
          if (day === askedOn) operations.requestRedemption(0, 0, 10)
          if (first === -1 && column('redemptionFailure')[0] === 1) first = day
        },
      })
      return first
    }
    // 2026-07-01 is a Wednesday: Thursday and Friday pass, Monday is the third business day.
    expect(failedOn(0)).toBe(5)
    // Asked on Friday: Monday and Tuesday pass, Wednesday is too late. Asked on Saturday just the same.
    expect(failedOn(2)).toBe(7)
    expect(failedOn(3)).toBe(7)
  })

  it('tells the age of the oldest request', () => {
    const ages: number[] = []
    playRoom(aid, {
      days: 5,
      parameters: million,
      meet: (operations, column, day) => {
        ages.push(column('oldestWaitDays')[0])
        if (day === 1) operations.requestRedemption(0, 0, 10)
        if (day === 3) operations.paid(0, 0, 10)
      },
    })
    expect(ages).toEqual([0, 0, 1, 2, 0])
  })
})

describe('what may be paid', () => {
  const payable = (
    parameters: object,
    levers: Record<string, Float64Array> = {},
    feed?: (inputs: Readonly<Record<string, Float64Array>>) => void,
  ) => {
    let first = 0
    let second = 0
    const column = playRoom(aid, {
      parameters: { ...million, ...parameters },
      levers,
      feed,
      meet: (operations) => {
        operations.requestRedemption(0, 0, 400_000)
        first = operations.payable(0)
        operations.paid(0, 0, Math.min(first, 30_000))
        second = operations.payable(0)
      },
    })
    return { first, second, column }
  }

  it('is the whole supply without a cap, the cap with one, and nothing with a cap of nothing', () => {
    expect(payable({})).toMatchObject({ first: 1e6, second: 970_000 })
    expect(payable({ dailyRedemptionCap: 0.1 })).toMatchObject({ first: 100_000, second: 70_000 })
    expect(payable({ dailyRedemptionCap: 0 })).toMatchObject({ first: 0, second: 0 })
  })

  it('is nothing while the primary market is shut, and then nothing is minted either', () => {
    const levers = { redemptionOpen: new Float64Array(1) }
    expect(payable({}, levers).first).toBe(0)
    playRoom(aid, { levers, meet: (operations) => expect(operations.mint(0, 100)).toBe(0) })
  })

  it('is nothing behind a gate that the liquidity ratio has shut, which is a failure for those who wait', () => {
    const feed = (inputs: Readonly<Record<string, Float64Array>>) => inputs.liquid.fill(199_999)
    const shut = payable({ gate: 0.2 }, {}, feed)
    expect(shut.first).toBe(0)
    expect(shut.column('redemptionFailure')[0]).toBe(1)
    const open = payable({ gate: 0.2 }, {}, (inputs) => inputs.liquid.fill(200_000))
    expect(open.first).toBe(1e6)
    expect(open.column('redemptionFailure')[0]).toBe(0)
  })

  it('breaks the law of the cap when a meeting pays beyond it', () => {
    const beyond = () =>
      playRoom(aid, {
        parameters: { ...million, dailyRedemptionCap: 0.1 },
        meet: (operations) => {
          operations.requestRedemption(0, 0, 400_000)
          operations.paid(0, 0, 100_001)
        },
      })
    expect(beyond).toThrow(/aid: cap .* is off by 1/)
  })
})

describe('fees', () => {
  it('of 10 basis points leave the surplus what the redeemer does not get', () => {
    const column = playRoom(aid, {
      parameters: { ...million, redeemFee: 0.001, mintFee: 0.002 },
      meet: (operations) => {
        expect(operations.mint(0, 1000)).toBe(998)
        operations.requestRedemption(0, 0, 5000)
        expect(operations.redeemable(0, 999)).toBeCloseTo(1000, 9)
        expect(operations.paid(0, 0, 1000)).toBe(999)
      },
    })
    expect(column('surplus')[0]).toBeCloseTo(3, 12)
    expect(column('supply')[0]).toBe(1e6 + 998 - 1000)
  })

  it('of everything pay nothing and keep all', () => {
    const column = playRoom(aid, {
      parameters: { ...million, redeemFee: 1 },
      meet: (operations) => {
        operations.requestRedemption(0, 0, 5000)
        expect(operations.redeemable(0, 0)).toBe(1e6)
        expect(operations.paid(0, 0, 5000)).toBe(0)
        expect(operations.nextInQueue(0)).toBe(-1)
      },
    })
    expect(column('surplus')[0]).toBe(5000)
  })

  it('do not stand in the way of a speck of dust', () => {
    playRoom(aid, {
      parameters: { ...million, redeemFee: 0.001 },
      meet: (operations) => {
        operations.requestRedemption(0, 0, 1e-18)
        expect(operations.paid(0, 0, 1e-18)).toBeCloseTo(0.999e-18, 30)
        expect(operations.nextInQueue(0)).toBe(-1)
      },
    })
  })
})

describe('the backing of AID', () => {
  it('lets the surplus bear a loss, then books a deficit, which new surplus heals first', () => {
    const column = playRoom(aid, {
      parameters: { ...million, startSurplus: 100 },
      meet: (operations, column) => {
        expect(operations.absorb(0, 40)).toBe(0)
        const left = operations.absorb(0, 90)
        expect(left).toBe(30)
        operations.addDeficit(0, left)
        operations.addSurplus(0, 10)
        expect(column('deficit')[0]).toBe(20)
        operations.addSurplus(0, 50)
      },
    })
    expect(column('deficit')[0]).toBe(0)
    expect(column('surplus')[0]).toBe(30)
  })

  it('counts the stake out of the supply where staking burns AID, but never in unified mode', () => {
    const supply = (parameters: Readonly<Record<string, string | number>>) => playRoom(aid, { parameters })
    expect(supply({ stakedAid: 'burned', stakedShare: 0.5 })('supply')[0]).toBe(10.5e6)
    expect(supply({ stakedAid: 'burned', stakedShare: 0.5 })('burned')[0]).toBe(1)
    expect(supply({ stakedAid: 'burned', stakedShare: 0.5, mode: 'unified' })('supply')[0]).toBe(21e6)
    expect(supply({ stakedAid: 'burned', mode: 'unified' })('burned')[0]).toBe(0)
    expect(supply({})('openingStake')[0]).toBeCloseTo(15e6, -4)
  })

  it('keeps the treasury’s AID in the supply until it is paid out', () => {
    const column = playRoom(aid, {
      parameters: million,
      meet: (operations) => {
        expect(operations.mintTreasury(0, 50)).toBe(50)
        expect(operations.payTreasury(0, 80)).toBe(50)
        expect(operations.mintYield(0, 7)).toBe(7)
        expect(operations.burn(0, 2e6)).toBe(1e6 + 57)
      },
    })
    expect(column('supply')[0]).toBe(0)
  })
})
