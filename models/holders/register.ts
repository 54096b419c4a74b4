/** Who each holder is: facts of its cohort spread into one number a holder, the same on every path. */
import type { Row } from '../../sim/kernel/declarations.ts'
import { pow } from '../../sim/kernel/maths/elementary.ts'

export const roles = { aid: 0, said: 1, liquidity: 2, arbitrageur: 3 } as const

export interface Register {
  readonly holders: number
  readonly cohorts: number
  readonly cohort: Int32Array
  readonly role: Int32Array
  readonly whitelisted: Uint8Array
  readonly sticky: Uint8Array
  readonly attention: Float64Array
  /** Share of what all holders of the same role hold at the start; sums to 1 over a role. */
  readonly share: Float64Array
  /** USDC of an arbitrageur at the start. */
  readonly capital: Float64Array
  /** One row a cohort: weights of price, cover, news and queue, and the median threshold. */
  readonly price: Float64Array
  readonly cover: Float64Array
  readonly news: Float64Array
  readonly queue: Float64Array
  readonly threshold: Float64Array
}

/** How many holders the rows of a cohort table describe. */
export function countHolders(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + Math.floor(row['holders'] as number), 0)
}

/** Spreads cohorts into holders; inside a cohort sizes fall as a power of rank. */
export function makeRegister(rows: readonly Row[]): Register {
  const holders = countHolders(rows)
  const number = (key: string): Float64Array => Float64Array.from(rows, (row) => row[key] as number)
  const register = {
    holders,
    cohorts: rows.length,
    cohort: new Int32Array(holders),
    role: new Int32Array(holders),
    whitelisted: new Uint8Array(holders),
    sticky: new Uint8Array(holders),
    attention: new Float64Array(holders),
    share: new Float64Array(holders),
    capital: new Float64Array(holders),
    price: number('price'),
    cover: number('cover'),
    news: number('news'),
    queue: number('queue'),
    threshold: number('threshold'),
  }
  let next = 0
  rows.forEach((row, c) => {
    const size = Math.floor(row['holders'] as number)
    const weights = Array.from({ length: size }, (_, rank) => pow(rank + 1, -(row['concentration'] as number)))
    const total = weights.reduce((sum, w) => sum + w, 0)
    for (const weight of weights) {
      register.cohort[next] = c
      register.role[next] = roles[row['role'] as keyof typeof roles]
      register.whitelisted[next] = row['whitelisted'] === 'yes' ? 1 : 0
      register.sticky[next] = row['sticky'] === 'yes' ? 1 : 0
      register.attention[next] = row['attention'] as number
      register.share[next] = ((row['share'] as number) * weight) / total
      register.capital[next] = row['capital'] as number
      next++
    }
  })
  normaliseShares(register)
  return register
}

/** Shares of a role sum to one exactly as near as floats go, whatever the rows say. */
function normaliseShares(register: { holders: number; role: Int32Array; share: Float64Array }): void {
  for (const role of Object.values(roles)) {
    let total = 0
    for (let h = 0; h < register.holders; h++) if (register.role[h] === role) total += register.share[h]
    if (total === 0) continue
    for (let h = 0; h < register.holders; h++) if (register.role[h] === role) register.share[h] /= total
  }
}
