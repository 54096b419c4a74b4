/** What must hold of queues, vault and ledger for any amounts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fifo, proRata, sharesBurnedFor, vaultDeposit, vaultRedeem } from '../../models/ledger/exact.ts'
import { divideHalfEven, smaller } from '../../models/ledger/rationals.ts'
import { type LedgerAccounts, type LedgerOperation, runLedger } from '../../models/ledger/script.ts'

const seeded = { seed: 20261122, numRuns: 500 }
const amount = fc.bigInt({ min: 0n, max: 10n ** 27n })
const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)

describe('a queue', () => {
  const requests = fc.array(amount, { maxLength: 30 })

  it('pays min(available, requested) to the last unit, and to nobody more than asked', () => {
    fc.assert(
      fc.property(requests, amount, (asked, available) => {
        for (const paid of [proRata(asked, available), fifo(asked, available)]) {
          expect(sum(paid)).toBe(smaller(available, sum(asked)))
          expect(paid.every((payment, i) => payment >= 0n && payment <= asked[i]!)).toBe(true)
        }
      }),
      seeded,
    )
  })

  it('pays pro-rata within one unit of the exact share', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 0, max: 999 }), (asked, share) => {
        const requested = sum(asked)
        const available = (requested * BigInt(share)) / 1000n
        proRata(asked, available).forEach((payment, i) => {
          const exact = asked[i]! * available
          const units = payment * requested
          expect(units - exact < requested || requested === 0n).toBe(true)
          expect(exact - units < requested || requested === 0n).toBe(true)
        })
      }),
      seeded,
    )
  })

  it('serves first come first served: nobody is paid while an earlier request stands open', () => {
    fc.assert(
      fc.property(requests, amount, (asked, available) => {
        const paid = fifo(asked, available)
        const open = paid.findIndex((payment, i) => payment < asked[i]!)
        if (open >= 0) expect(paid.slice(open + 1).every((payment) => payment === 0n)).toBe(true)
      }),
      seeded,
    )
  })

  it('refuses negative requests and availability', () => {
    expect(() => proRata([1n, -1n], 5n)).toThrow(/negative/)
    expect(() => fifo([1n], -5n)).toThrow(/negative/)
  })
})

describe('the vault', () => {
  const vault = fc.record({
    assets: fc.bigInt({ min: 1n, max: 10n ** 27n }),
    shares: amount,
    deposit: amount,
    offset: fc.integer({ min: 0, max: 18 }),
  })

  it('never lets a round trip gain a unit, whatever its state', () => {
    fc.assert(
      fc.property(vault, ({ assets, shares, deposit, offset }) => {
        const minted = vaultDeposit(deposit, assets, shares, offset)
        expect(vaultRedeem(minted, assets + deposit, shares + minted, offset)).toBeLessThanOrEqual(deposit)
      }),
      seeded,
    )
  })

  it('burns at least the shares that the assets paid out are worth', () => {
    fc.assert(
      fc.property(vault, ({ assets, shares, deposit, offset }) => {
        const burned = sharesBurnedFor(deposit, assets, shares, offset)
        expect((burned * (assets + 1n)) / (shares + 10n ** BigInt(offset))).toBeGreaterThanOrEqual(deposit)
      }),
      seeded,
    )
  })
})

describe('the ledger', () => {
  const million = 1_000_000_000_000n
  const bp = fc.integer({ min: 0, max: 10_000 })
  const share = fc.integer({ min: 0, max: 100 })
  const step = fc.oneof(
    fc.record({ kind: fc.constant('mint' as const), share, bp }),
    fc.record({ kind: fc.constant('redeem' as const), share, bp }),
    fc.record({ kind: fc.constant('stake' as const), share, bp }),
    fc.record({ kind: fc.constant('lend' as const), share, bp }),
    fc.record({ kind: fc.constant('buyBills' as const), share, bp }),
    fc.record({ kind: fc.constant('collect' as const), share, bp }),
    fc.record({ kind: fc.constant('default' as const), share, bp }),
    fc.record({ kind: fc.constant('settleQueue' as const), share, bp }),
    fc.record({ kind: fc.constant('advance' as const), share, bp }),
  )

  function operationOf(s: { kind: string; share: number; bp: number }, last: LedgerAccounts): LedgerOperation {
    const part = (whole: bigint) => (whole * BigInt(s.share)) / 100n
    const feeBp = s.bp
    if (s.kind === 'mint') return { operation: 'mint', amount: part(million) + 1n, feeBp }
    if (s.kind === 'redeem') {
      const payable = smaller(last.cash, last.held)
      return { operation: 'redeem', amount: part(payable), feeBp }
    }
    if (s.kind === 'stake') {
      const open = last.vault > last.unvested || last.shares === 0n
      return { operation: 'stake', amount: open ? part(last.held) : 0n }
    }
    if (s.kind === 'lend')
      return { operation: 'lend', principal: part(last.cash), annualRate: s.bp / 20_000, months: 1 + s.share }
    if (s.kind === 'buyBills') return { operation: 'buyBills', face: part(last.cash), discount: s.bp / 1e5, days: 91 }
    if (s.kind === 'collect')
      return { operation: 'collect', days: s.share, performanceFeeBp: feeBp, dripHours: 2 * s.share }
    if (s.kind === 'default')
      return { operation: 'default', amount: part(last.loans), recovered: part(part(last.loans)) }
    if (s.kind === 'settleQueue')
      return {
        operation: 'settleQueue',
        requests: [part(last.shares) / 2n, part(last.shares) / 3n],
        available: part(last.vault),
      }
    return { operation: 'advance', hours: s.share }
  }

  it('stays balanced, keeps every account at or above zero and every unvested unit inside the vault, whatever the script', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const script: LedgerOperation[] = [
          { operation: 'mint', amount: million, feeBp: 5 },
          { operation: 'fundInsurance', amount: million / 100n },
        ]
        let accounts = runLedger(script)
        for (const s of steps) {
          const last = accounts.at(-1)!
          const next = operationOf(s, last)
          if (next.operation === 'stake' && next.amount === 0n) continue
          if (
            (next.operation === 'lend' && next.principal === 0n) ||
            (next.operation === 'buyBills' && next.face === 0n)
          )
            continue
          script.push(next)
          accounts = runLedger(script)
        }
        for (const a of accounts) {
          expect(a.cash + a.bills + a.loans + (a.shortfall ?? 0n)).toBe(a.supply + a.surplus)
          expect(a.supply).toBe(a.held + a.vault + a.treasury)
          expect(a.unvested).toBeLessThanOrEqual(a.vault)
          expect(
            Object.values(a)
              .flat()
              .every((value) => value >= 0n),
          ).toBe(true)
        }
      }),
      { seed: 20261122, numRuns: 150 },
    )
  })

  it('refuses to pay, stake, lend, default or settle more than there is', () => {
    const mint: LedgerOperation = { operation: 'mint', amount: 100n, feeBp: 0 }
    const refused: LedgerOperation[] = [
      { operation: 'redeem', amount: 101n, feeBp: 0 },
      { operation: 'stake', amount: 101n },
      { operation: 'lend', principal: 101n, annualRate: 0.1, months: 3 },
      { operation: 'default', amount: 1n, recovered: 0n },
      { operation: 'settleQueue', requests: [1n], available: 1n },
      { operation: 'buyBills', face: 200n, discount: 0.01, days: 30 },
    ]
    for (const operation of refused) expect(() => runLedger([mint, operation])).toThrow(/is more than .*; at most/)
  })

  it('closes with the published ratios of the golden ledger', () => {
    const m = 1_000_000n
    const last = runLedger([
      { operation: 'mint', amount: 10_000_000n * m, feeBp: 0 },
      { operation: 'fundInsurance', amount: 150_000n * m },
      { operation: 'stake', amount: 6_000_000n * m },
      { operation: 'buyBills', face: 3_000_000n * m, discount: 0.036, days: 91 },
      { operation: 'lend', principal: 5_000_000n * m, annualRate: 0.14, months: 24 },
      { operation: 'collect', days: 30, performanceFeeBp: 1000, dripHours: 168 },
      { operation: 'advance', hours: 36 },
      { operation: 'redeem', amount: 1_500_000n * m, feeBp: 10 },
      { operation: 'default', amount: 1_000_000n * m, recovered: 600_000n * m },
      { operation: 'settleQueue', requests: [1_200_000n * m, 700_000n * m, 100_001n * m], available: 900_000n * m },
      { operation: 'redeem', amount: 900_000n * m, feeBp: 10 },
    ]).at(-1)!
    const ratio = (assets: bigint) => Number(assets) / Number(last.supply)
    expect(ratio(last.cash)).toBeCloseTo(0.08353934, 8)
    expect(ratio(last.cash + last.bills)).toBeCloseTo(0.48544889, 8)
    expect(ratio(last.cash + last.bills + last.loans)).toBeCloseTo(1.00012131, 8)
  })
})

describe('half-even rounding', () => {
  it('takes ties to the even neighbour', () => {
    expect([1n, 3n, 5n, 7n].map((n) => divideHalfEven(n, 2n))).toEqual([0n, 2n, 2n, 4n])
    expect(divideHalfEven(8n, 3n)).toBe(3n)
    expect(divideHalfEven(7n, 3n)).toBe(2n)
  })
})
