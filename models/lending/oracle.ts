/** The price that the lending market believes: by kind, and as many minutes late as it says. */
import type { Clock } from '../../sim/kernel/clock.ts'
import type { ReadonlyColumn } from '../../sim/kernel/declarations.ts'
import type { Own } from '../../sim/kernel/pathMemory.ts'

interface Prices {
  readonly nav: ReadonlyColumn
  readonly exitNav: ReadonlyColumn
  readonly saidSpot: ReadonlyColumn
  readonly saidAverage: ReadonlyColumn
  readonly aidSpot: ReadonlyColumn
  readonly aidAverage: ReadonlyColumn
}

export interface Oracle {
  /** Fills the past with today’s price. */
  start(path: number): void
  /** The price now, USDC a share; remembers it for those who read it late. Call once a tick or more. */
  read(path: number): number
}

export function makeOracle(
  kind: 'nav' | 'navWithLoss' | 'market' | 'twap',
  delayMinutes: number,
  prices: Prices,
  paths: number,
  clock: Clock,
  own: Own,
): Oracle {
  const lag = Math.round((delayMinutes * clock.ticksPerDay) / 1440)
  const ring = own(new Float64Array(paths * (lag + 1)))
  const now = (p: number): number => {
    if (kind === 'nav') return prices.nav[p]
    if (kind === 'navWithLoss') return prices.exitNav[p]
    if (kind === 'market') return prices.nav[p] * prices.saidSpot[p] * prices.aidSpot[p]
    return prices.nav[p] * prices.saidAverage[p] * prices.aidAverage[p]
  }
  return {
    start(path) {
      const price = now(path)
      for (let i = 0; i <= lag; i++) ring[path * (lag + 1) + i] = price
    },
    read(path) {
      const base = path * (lag + 1)
      ring[base + (clock.now % (lag + 1))] = now(path)
      return ring[base + ((clock.now + 1) % (lag + 1))]
    },
  }
}
