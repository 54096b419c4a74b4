/** The tables of the room as numbers, looked up once: borrowers, deals of the tape, generations. */
import type { Row } from '../../sim/kernel/declarations.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { dealStructures, dealTypes } from './tape.ts'

/** A payment a month on average over the years. */
export const daysPerMonth = 365 / 12

/** Names of borrowers and generations as row numbers, and the fields that steps need, in typed arrays. */
export function readTerms(
  tables: { readonly borrowers: readonly Row[]; readonly tape: readonly Row[]; readonly mix: readonly Row[] },
  generations: readonly Row[],
) {
  const { borrowers, tape, mix } = tables
  const numbers = (rows: readonly Row[], field: string) => Float64Array.from(rows, (row) => row[field] as number)
  return {
    relatedParty: Uint8Array.from(borrowers, (row) => (row['relatedParty'] === 'yes' ? 1 : 0)),
    startingCash: numbers(borrowers, 'startingCash'),
    contractedShare: numbers(borrowers, 'contractedShare'),
    hazardMultiple: numbers(borrowers, 'hazardMultiple'),
    pipelineWeight: numbers(borrowers, 'pipelineWeight'),
    opex: numbers(generations, 'opex'),
    mixWeight: mixWeights(mix, generations),
    deals: tape.map((row) => readDeal(row, borrowers, generations)),
  }
}

export type Terms = ReturnType<typeof readTerms>
export type DealTerms = Terms['deals'][number]

function readDeal(row: Row, borrowers: readonly Row[], generations: readonly Row[]) {
  const { name } = row
  const tenor = row['tenorMonths'] as number
  const age = row['ageMonths'] as number
  if (!Number.isInteger(tenor)) throw new InputError(`deals.tape.${name}.tenorMonths is ${tenor}; whole months`)
  const paid = Math.floor(age)
  if (paid >= tenor)
    throw new InputError(`deals.tape.${name}.ageMonths is ${age}; it must be below the tenor of ${tenor}`)
  return {
    name: String(name),
    borrower: find(`deals.tape.${name}.borrower`, row['borrower'], borrowers),
    generation: find(`deals.tape.${name}.generation`, row['generation'], generations),
    type: dealTypes.indexOf(row['type'] as never),
    structure: dealStructures.indexOf(row['structure'] as never),
    monthsLeft: tenor - paid,
    firstPayment: (1 - (age - paid)) * daysPerMonth,
    principal: row['principal'] as number,
    rate: row['rate'] as number,
    revenueShare: row['revenueShare'] as number,
    units: row['units'] as number,
    contractRent: row['contractRent'] as number,
    contractMonthsLeft: row['contractMonthsLeft'] as number,
    utilisation: row['utilisation'] as number,
    cashReserveShare: row['cashReserveShare'] as number,
    insuranceShare: row['insuranceShare'] as number,
    monthsPaid: paid,
  }
}

/**
 * A generation that the market does not know is left out of the mix, so that one mix serves several markets.
 * @throws InputError when the market knows none of the mix
 */
function mixWeights(mix: readonly Row[], generations: readonly Row[]): Float64Array {
  if (mix.length > 0 && !mix.some((m) => generations.some((g) => g['name'] === m['name']))) {
    find(`deals.mix row 1`, mix[0]['name'], generations)
  }
  return Float64Array.from(generations, (g) => {
    const row = mix.find((m) => m['name'] === g['name'])
    return row === undefined ? 0 : (row['weight'] as number)
  })
}

function find(where: string, name: string | number | undefined, rows: readonly Row[]): number {
  const at = rows.findIndex((row) => row['name'] === name)
  if (at < 0) throw new InputError(`${where} is ${name}; known: ${rows.map((row) => row['name']).join(', ')}`)
  return at
}
