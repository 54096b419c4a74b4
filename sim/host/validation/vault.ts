/** Hooks of the sAID vault, its exit queue and the ledger: all answered by the exact-integer twin. */
import { z } from 'zod'
import { fifo, proRata, vaultDeposit, vaultRedeem } from '../../../models/ledger/exact.ts'
import { type LedgerAccounts, runLedger } from '../../../models/ledger/script.ts'
import { defineHook, type Hook, integer } from './hook.ts'

const amount = integer.refine((value) => value >= 0n, 'zero or more')
const positiveAmount = integer.refine((value) => value > 0n, 'more than zero')
const basisPoints = z.int().min(0).max(10_000)
const offset = z
  .int()
  .min(0)
  .max(18)
  .describe('decimals that shares have beyond the asset; virtual shares are 10^offset')

const queueArguments = z.strictObject({
  requests: z.array(amount).max(100_000).describe('amounts requested, integer units, earliest first'),
  available: amount.describe('amount to share, the same integer units'),
})

const vaultArguments = z.strictObject({
  amount: amount.describe('units deposited (assets) or redeemed (shares)'),
  totalAssets: amount.describe('vested assets of the vault, integer units'),
  totalShares: amount.describe('shares outstanding, integer units'),
  offset,
})

const operation = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('mint'), amount, feeBp: basisPoints }),
  z.strictObject({ operation: z.literal('fundInsurance'), amount }),
  z.strictObject({ operation: z.literal('stake'), amount }),
  z.strictObject({
    operation: z.literal('buyBills'),
    face: positiveAmount,
    discount: z.number().min(0).max(1).describe('bank discount a year of 360 days, fraction'),
    days: z.int().min(1).max(3660),
  }),
  z.strictObject({
    operation: z.literal('lend'),
    principal: positiveAmount,
    annualRate: z.number().min(0).max(10).describe('fraction a year, 30/360 monthly'),
    months: z.int().min(1).max(600),
  }),
  z.strictObject({ operation: z.literal('advance'), hours: z.int().min(0).max(1_000_000) }),
  z.strictObject({
    operation: z.literal('collect'),
    days: z.int().min(0).max(3660).describe('days of accretion of the bills'),
    performanceFeeBp: basisPoints,
    dripHours: z.int().min(0).max(1_000_000),
  }),
  z.strictObject({ operation: z.literal('redeem'), amount, feeBp: basisPoints }),
  z.strictObject({ operation: z.literal('default'), amount, recovered: amount }),
  z.strictObject({
    operation: z.literal('settleQueue'),
    requests: z.array(amount).max(10_000).describe('shares that ask to leave'),
    available: amount.describe('AID available'),
  }),
])

function asStrings(values: readonly bigint[]): string[] {
  return values.map(String)
}

function accountsAsStrings(accounts: LedgerAccounts): Record<string, unknown> {
  const entries = Object.entries(accounts) as [string, bigint | bigint[]][]
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? asStrings(value) : String(value)]),
  )
}

export const hooks: Hook[] = [
  defineHook({
    name: 'proRata',
    meaning:
      'Shares what is available among requests in proportion, odd units by largest remainder, ties to the earlier.',
    source: "Hamilton's largest-remainder method; Balinski and Young, Fair Representation, 1982",
    arguments: queueArguments,
    evaluate: ({ requests, available }) => ({ paid: asStrings(proRata(requests, available)) }),
  }),
  defineHook({
    name: 'fifo',
    meaning: 'Pays requests in full, first come first served, the one at the edge in part.',
    source: 'First in, first out',
    arguments: queueArguments,
    evaluate: ({ requests, available }) => ({ paid: asStrings(fifo(requests, available)) }),
  }),
  defineHook({
    name: 'vaultDeposit',
    meaning: 'Shares minted for assets deposited, rounded down; refused while shares exist that nothing backs.',
    source: 'EIP-4626; OpenZeppelin Contracts, ERC4626 with virtual offset',
    arguments: vaultArguments,
    evaluate: (a) => ({ out: String(vaultDeposit(a.amount, a.totalAssets, a.totalShares, a.offset)) }),
  }),
  defineHook({
    name: 'vaultRedeem',
    meaning: 'Assets paid for shares redeemed, rounded down.',
    source: 'EIP-4626; OpenZeppelin Contracts, ERC4626 with virtual offset',
    arguments: vaultArguments,
    evaluate: (a) => ({ out: String(vaultRedeem(a.amount, a.totalAssets, a.totalShares, a.offset)) }),
  }),
  defineHook({
    name: 'ledger',
    meaning: 'Runs a script of operations on the unified balance sheet and returns the books after each, in micro-USD.',
    source:
      'GAIB litepaper (unified balance sheet); EIP-4626; 31 CFR part 356, appendix B (bills); annuity formula (loans)',
    arguments: z.strictObject({
      operations: z
        .array(operation)
        .max(10_000)
        .describe('operations in order; amounts in micro-USD as decimal strings'),
    }),
    evaluate: ({ operations }) => ({ accounts: runLedger(operations).map(accountsAsStrings) }),
  }),
]
