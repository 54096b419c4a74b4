/** A level-payment loan to the last cent: the integer twin of the instalments that a deal pays. */
import { InputError } from '../../sim/kernel/errors.ts'
import { annuityInstalment } from './exact.ts'
import { decimalFraction, divideHalfEven, smaller } from './rationals.ts'

export interface Instalment {
  readonly interest: bigint
  readonly principal: bigint
  /** What is still owed after the instalment. */
  readonly balance: bigint
}

export interface AmortisationSchedule {
  readonly payment: bigint
  /** The last instalment clears the balance, so it differs by what rounding left. */
  readonly lastPayment: bigint
  readonly totalInterest: bigint
  readonly rows: Instalment[]
}

/**
 * Schedule of a level-payment loan, 30/360 monthly, interest and payment rounded half-even to the unit; the principals sum to the loan exactly.
 * Source: Kellison, The Theory of Interest, chapter 5.
 *
 * @param principal in whole units (cents, micro-USD), at least 0
 * @param annualRate nominal, compounded monthly, at least 0
 * @param months number of instalments, at least 1
 * @throws InputError on a negative principal or rate, or months that are not a whole number from 1
 */
export function amortisationSchedule(principal: bigint, annualRate: number, months: number): AmortisationSchedule {
  if (principal < 0n) throw new InputError(`principal ${principal} is negative; zero or more is right`)
  if (!(annualRate >= 0)) throw new InputError(`annualRate ${annualRate} is wrong; zero or more is right`)
  if (!Number.isInteger(months) || months < 1)
    throw new InputError(`months ${months} is wrong; a whole number from 1 is right`)
  const rate = decimalFraction(annualRate)
  const payment = annuityInstalment(principal, annualRate, months)
  const rows: Instalment[] = []
  let balance = principal
  let totalInterest = 0n
  for (let month = 1; month <= months; month++) {
    const interest = divideHalfEven(balance * rate.numerator, rate.denominator * 12n)
    const repaid = month === months ? balance : smaller(balance, payment - interest)
    balance -= repaid
    totalInterest += interest
    rows.push({ interest, principal: repaid, balance })
  }
  const last = rows[months - 1]!
  return { payment, lastPayment: last.interest + last.principal, totalInterest, rows }
}
