/** A machine is worth the rent it will still earn, until the day on which its rent no longer pays for its power. */
import { InputError } from '../../sim/kernel/errors.ts'
import { decayIntegral } from '../../sim/kernel/maths/decay.ts'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { bisect } from '../../sim/kernel/maths/solve.ts'

const hoursPerYear = 8760

/**
 * Age at which an owner retires a machine: when its falling rent meets its running cost, or at the end of its physical life.
 *
 * @param rent today, USD/GPU-hour
 * @param decline of the rent, 1/year
 * @param opex running cost, USD/GPU-hour
 * @param utilisation share of hours rented out, 0 to 1
 * @param life physical life left, years
 * @returns years from today, 0 where the machine does not pay for its power
 */
export function retirementAge(rent: number, decline: number, opex: number, utilisation: number, life: number): number {
  const income = utilisation * rent
  if (income <= opex) return 0
  if (decline <= 0 || opex <= 0) return life
  return Math.min(life, log(income / opex) / decline)
}

/**
 * Value of a machine: rents less running cost, discounted until retirement, and the scrap then.
 * V = 8760 [U P A(rho + lambda) - O A(rho)] + S exp(-rho T), A(x) = (1 - exp(-x T)) / x, T the retirement age.
 * Source: capitalised rent under optimal retirement, Hotelling, J. American Statistical Association 20 (1925).
 *
 * @param rent today, USD/GPU-hour
 * @param decline of the rent, 1/year
 * @param opex running cost, USD/GPU-hour
 * @param discount rate, 1/year
 * @param utilisation share of hours rented out, 0 to 1
 * @param life physical life left, years
 * @param scrap value at retirement, USD
 * @returns USD a GPU; the scrap where the machine does not pay for its power
 */
export function fundamentalValue(
  rent: number,
  decline: number,
  opex: number,
  discount: number,
  utilisation: number,
  life: number,
  scrap: number,
): number {
  const retirement = retirementAge(rent, decline, opex, utilisation, life)
  if (retirement === 0) return scrap
  const earned = utilisation * rent * decayIntegral(discount + decline, retirement)
  const spent = opex * decayIntegral(discount, retirement)
  return hoursPerYear * (earned - spent) + scrap * exp(-discount * retirement)
}

/**
 * Rent today at which a machine is worth what it costs; bisected to the last bit, since the retirement age depends on the rent.
 * Above the rent that pays for the power, the value first dips (the scrap is put off) and then rises without end,
 * so the root above the dip is the only one for a cost above the scrap.
 *
 * @param capex cost of the machine, USD
 * @param decline of the rent, 1/year
 * @param opex running cost, USD/GPU-hour
 * @param discount rate, 1/year
 * @param utilisation share of hours rented out, above 0
 * @param life physical life, years, above 0
 * @param scrap value at retirement, USD
 * @returns USD/GPU-hour; 0 where the scrap alone repays the cost
 * @throws InputError where no rent can repay: utilisation or life is 0
 */
export function breakEvenRent(
  capex: number,
  decline: number,
  opex: number,
  discount: number,
  utilisation: number,
  life: number,
  scrap: number,
): number {
  if (capex <= scrap) return 0
  if (!(utilisation > 0)) throw new InputError(`utilisation: ${utilisation} earns no rent; above 0`)
  if (!(life > 0)) throw new InputError(`life: ${life} years earns no rent; above 0`)
  const excess = (rent: number) => fundamentalValue(rent, decline, opex, discount, utilisation, life, scrap) - capex
  const low = opex / utilisation
  let high = Math.max(2 * low, 1)
  while (excess(high) < 0) high *= 2
  return bisect(excess, low, high)
}
