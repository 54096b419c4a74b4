/** What a policy costs holders of sAID, in basis points of yield a year. */
import type { Policy } from '../../../scenarios/dials.ts'
import { pairedDifference } from '../../statistics/means.ts'
import type { OutcomeColumns } from '../metric.ts'
import type { Bounded, YieldCost } from '../proposal.ts'

export const yieldColumn = 'outcomes.netYield'
const basisPoints = 1e4

/** A policy dial and the value to which it is turned. */
export interface Turned {
  readonly policy: Policy | null
  readonly today: number
  readonly value: number
}

/**
 * Paired fall of the net yield against the policy of today, and what others would ask for the money that they keep ready.
 * @param before outcomes of the policy of today, on the same paths as `after`
 * @param staked USD of sAID on the first day: what the charge is spread over
 */
export function yieldCost(
  before: OutcomeColumns,
  after: OutcomeColumns,
  dials: readonly Turned[],
  staked: number,
  confidence: number,
): YieldCost {
  const { mean, lower, upper, count } = pairedDifference(after[yieldColumn], before[yieldColumn], confidence)
  const scaled = (value: number | null): number | null => (value === null ? null : value * basisPoints)
  const measured: Bounded = { value: mean * basisPoints, lower: scaled(lower), upper: scaled(upper) }
  const extra = dials.map(({ policy, today, value }) => {
    const usd = policy === null ? 0 : policy.setAsideAt(value) - policy.setAsideAt(today)
    return { usd, rate: policy?.asks.rate ?? 0 }
  })
  const asked = extra.reduce((sum, { usd, rate }) => sum + usd * rate, 0)
  const setAside = extra.reduce((sum, { usd }) => sum + usd, 0)
  const sources = dials.flatMap(({ policy }) => (policy !== null && policy.asks.rate > 0 ? [policy.asks.source] : []))
  return {
    measured,
    paths: count,
    charged: staked > 0 ? (asked / staked) * basisPoints : 0,
    setAside,
    asks: { rate: setAside === 0 ? 0 : asked / setAside, source: sources.join('; ') },
    paidBy: dials.map(({ policy }) => policy?.paidBy ?? 'not declared for a single parameter').join('; '),
  }
}

/** Measured and charged together: what sAID would pay in all. */
export function wholeCost({ measured, charged }: YieldCost): Bounded {
  const add = (value: number | null): number | null => (value === null ? null : value + charged)
  return { value: measured.value + charged, lower: add(measured.lower), upper: add(measured.upper) }
}
