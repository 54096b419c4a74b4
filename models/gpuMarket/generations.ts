/** The table of generations as columns of numbers, checked for what a single field cannot tell. */
import type { Row } from '../../sim/kernel/declarations.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { log } from '../../sim/kernel/maths/elementary.ts'

export interface Generations {
  readonly count: number
  readonly rent: Float64Array
  readonly contractRent: Float64Array
  readonly floor: Float64Array
  /** Log of the spot rent above the floor on the start date. */
  readonly logLevel: Float64Array
  readonly decline: Float64Array
  readonly volatility: Float64Array
  readonly plannedRelease: Float64Array
  readonly releaseStep: Float64Array
}

/**
 * Reads the rows, oldest generation first.
 * @throws InputError when a rent lies at or below its floor, or the rows are not in the order of their releases
 */
export function readGenerations(rows: readonly Row[]): Generations {
  if (rows.length === 0) throw new InputError('generations has no rows; at least one generation is needed')
  const column = (field: string): Float64Array => Float64Array.from(rows, (row) => row[field] as number)
  const rent = column('rent')
  const contractRent = column('contractRent')
  const floor = column('floor')
  const plannedRelease = column('releaseDay')
  for (let g = 0; g < rows.length; g++) {
    const name = rows[g]['name']
    if (!(rent[g] > floor[g] && contractRent[g] > floor[g])) {
      throw new InputError(
        `generations.${name}: rents ${rent[g]} (spot) and ${contractRent[g]} (contract) must both lie above the floor ${floor[g]}`,
      )
    }
    if (g > 0 && plannedRelease[g] < plannedRelease[g - 1]) {
      throw new InputError(
        `generations.${name}: releaseDay ${plannedRelease[g]} comes before that of ${rows[g - 1]['name']}; list the oldest first`,
      )
    }
  }
  return {
    count: rows.length,
    rent,
    contractRent,
    floor,
    logLevel: rent.map((r, g) => log(r - floor[g])),
    decline: column('decline'),
    volatility: column('spotVolatility'),
    plannedRelease,
    releaseStep: column('releaseStep'),
  }
}
