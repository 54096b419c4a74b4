/** The bank of Diamond and Dybvig with utility 1 - 1/c: the smallest model in which a run is an equilibrium. */
import { InputError } from '../../sim/kernel/errors.ts'

export interface DepositContract {
  /** Paid to who leaves early, per unit deposited. */
  early: number
  /** Paid to who stays, per unit deposited, when only the impatient leave. */
  late: number
}

/**
 * The optimal deposit contract for utility U(c) = 1 - 1/c: late = sqrt(grossReturn) early, within the resource
 * constraint impatient early + (1 - impatient) late / grossReturn = 1.
 * Source: Diamond, Banks and Liquidity Creation, Federal Reserve Bank of Richmond Economic Quarterly 93 (2007).
 * @param impatient share that must leave early, 0..1. @param grossReturn of a unit held to the end, at least 1.
 */
export function optimalDepositContract(impatient: number, grossReturn: number): DepositContract {
  if (!(impatient >= 0 && impatient <= 1))
    throw new InputError(`impatient ${impatient} is wrong; a share of 0 to 1 is right`)
  if (!(grossReturn >= 1)) throw new InputError(`grossReturn ${grossReturn} is wrong; at least 1 is right`)
  const root = Math.sqrt(grossReturn)
  const early = 1 / (impatient + (1 - impatient) / root)
  return { early, late: root * early }
}

/**
 * The share of leavers above which staying pays less than leaving, (grossReturn - early) / (early (grossReturn - 1)):
 * the tipping point of the run. 1 or more means that no run can start. Source: Diamond (2007), as above.
 */
export function runTippingPoint(early: number, grossReturn: number): number {
  return (grossReturn - early) / (early * (grossReturn - 1))
}
