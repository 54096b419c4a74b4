/** The machines of each generation as columns of numbers. */
import type { Row } from '../../sim/kernel/declarations.ts'

const daysPerYear = 365

export interface Machines {
  readonly count: number
  readonly decline: Float64Array
  readonly opex: Float64Array
  readonly scrap: Float64Array
  /** Most that a buyer pays, USD/GPU. */
  readonly ceiling: Float64Array
  readonly depth: Float64Array
  /** Years left on the start date to the typical machine; a planned generation ages from its planned release. */
  readonly lifeAtStart: Float64Array
  readonly ageFrom: Float64Array
}

export function readMachines(
  rows: readonly Row[],
  parameters: { life: number; ageShare: number; scrapShare: number; scarcityPremium: number },
): Machines {
  const { life, ageShare, scrapShare, scarcityPremium } = parameters
  const column = (field: string): Float64Array => Float64Array.from(rows, (row) => row[field] as number)
  const release = column('releaseDay')
  const machinePrice = column('machinePrice')
  return {
    count: rows.length,
    decline: column('decline'),
    opex: column('opex'),
    scrap: machinePrice.map((price) => scrapShare * price),
    ceiling: machinePrice.map((price) => (1 + scarcityPremium) * price),
    depth: column('depth'),
    lifeAtStart: release.map((day) => life - (ageShare * Math.max(0, -day)) / daysPerYear),
    ageFrom: release.map((day) => Math.max(0, day)),
  }
}

/** Years of physical life left to the typical machine of generation g on a day from the start, at least 0. */
export function lifeLeft({ lifeAtStart, ageFrom }: Machines, g: number, day: number): number {
  return Math.max(0, lifeAtStart[g] - Math.max(0, day - ageFrom[g]) / daysPerYear)
}
