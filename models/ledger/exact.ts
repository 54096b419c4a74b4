/**
 * Money in whole units (micro-USD, wei): the integer twin against which the floating-point vault and queue are tested.
 * Every function takes and returns non-negative BigInt in one and the same unit.
 */
import { InputError } from '../../sim/kernel/errors.ts'
import { decimalFraction, divideHalfEven, divideUp, smaller } from './rationals.ts'

const wholeInBasisPoints = 10_000n

function refuseNegative(name: string, value: bigint): void {
  if (value < 0n) throw new InputError(`${name} ${value} is negative; zero or more is right`)
}

function sumOfRequests(requests: readonly bigint[]): bigint {
  let sum = 0n
  for (const request of requests) {
    refuseNegative('request', request)
    sum += request
  }
  return sum
}

/**
 * Shares what is available among requests in proportion (Hamilton's largest-remainder method, ties to the earlier
 * request). The payments sum to min(available, sum of requests) and none exceeds its request.
 * @throws InputError on a negative request or availability.
 */
export function proRata(requests: readonly bigint[], available: bigint): bigint[] {
  refuseNegative('available', available)
  const sum = sumOfRequests(requests)
  if (available >= sum) return [...requests]
  const paid = requests.map((request) => (available * request) / sum)
  const remainders = requests.map((request) => (available * request) % sum)
  const left = Number(available - paid.reduce((total, payment) => total + payment, 0n))
  const byRemainder = requests.map((_, i) => i).sort((i, j) => compareRemainders(remainders, i, j))
  for (const i of byRemainder.slice(0, left)) paid[i] = paid[i]! + 1n
  return paid
}

function compareRemainders(remainders: readonly bigint[], i: number, j: number): number {
  if (remainders[i] === remainders[j]) return i - j
  return remainders[i]! > remainders[j]! ? -1 : 1
}

/**
 * Pays requests in full, first come first served, until what is available is gone; the request at the edge is paid in
 * part.
 * @throws InputError on a negative request or availability.
 */
export function fifo(requests: readonly bigint[], available: bigint): bigint[] {
  refuseNegative('available', available)
  sumOfRequests(requests)
  let left = available
  return requests.map((request) => {
    const payment = smaller(request, left)
    left -= payment
    return payment
  })
}

/**
 * The virtual shares of a vault whose shares have `offset` more decimals than its asset: 10^offset (beside one virtual
 * asset unit).
 */
function virtualShares(offset: number): bigint {
  if (!Number.isInteger(offset) || offset < 0)
    throw new InputError(`offset ${offset} is wrong; a whole number of decimals, 0 or more, is right`)
  return 10n ** BigInt(offset)
}

/**
 * Shares minted for a deposit: floor(assets (totalShares + 10^offset) / (totalAssets + 1)).
 * Source: EIP-4626 `previewDeposit` with the virtual offset of OpenZeppelin Contracts' ERC4626.
 * @throws InputError on a negative amount, or when shares exist but nothing backs them: a deposit would hand itself to
 * the old holders.
 */
export function vaultDeposit(assets: bigint, totalAssets: bigint, totalShares: bigint, offset = 0): bigint {
  refuseNegative('amount', assets)
  refuseNegative('totalAssets', totalAssets)
  refuseNegative('totalShares', totalShares)
  if (totalAssets === 0n && totalShares > 0n)
    throw new InputError('totalAssets 0 with shares outstanding; deposits are blocked until something backs the shares')
  return (assets * (totalShares + virtualShares(offset))) / (totalAssets + 1n)
}

/**
 * Assets paid for redeemed shares: floor(shares (totalAssets + 1) / (totalShares + 10^offset)).
 * Source: EIP-4626 `previewRedeem` with the virtual offset of OpenZeppelin Contracts' ERC4626.
 * @throws InputError on a negative amount or on more shares than exist.
 */
export function vaultRedeem(shares: bigint, totalAssets: bigint, totalShares: bigint, offset = 0): bigint {
  refuseNegative('amount', shares)
  refuseNegative('totalAssets', totalAssets)
  if (shares > totalShares)
    throw new InputError(`amount ${shares} of shares is too large; at most ${totalShares} exist`)
  return (shares * (totalAssets + 1n)) / (totalShares + virtualShares(offset))
}

/**
 * Shares burned to pay out assets: ceil(assets (totalShares + 10^offset) / (totalAssets + 1)), against the leaver.
 * Source: EIP-4626 `previewWithdraw` with the virtual offset of OpenZeppelin Contracts' ERC4626.
 */
export function sharesBurnedFor(assets: bigint, totalAssets: bigint, totalShares: bigint, offset = 0): bigint {
  refuseNegative('assets', assets)
  return divideUp(assets * (totalShares + virtualShares(offset)), totalAssets + 1n)
}

/**
 * What is paid out after a fee in basis points (floor), and the fee (the rest), so that no unit is lost.
 * @throws InputError outside 0..10000 bp.
 */
export function splitFee(amount: bigint, feeBp: bigint): { paid: bigint; fee: bigint } {
  if (feeBp < 0n || feeBp > wholeInBasisPoints)
    throw new InputError(`fee of ${feeBp} bp is wrong; between 0 and 10000 bp is right`)
  const paid = (amount * (wholeInBasisPoints - feeBp)) / wholeInBasisPoints
  return { paid, fee: amount - paid }
}

/**
 * Price of a bill on a bank-discount basis of 360 days, the discount rounded up: face - ceil(face discount days / 360).
 * Source: U.S. Treasury, 31 CFR part 356, appendix B (discount basis).
 * @throws InputError when the discount eats the whole face.
 */
export function billCost(face: bigint, discount: number, days: bigint): bigint {
  const rate = decimalFraction(discount)
  const cost = face - divideUp(face * rate.numerator * days, rate.denominator * 360n)
  if (cost <= 0n)
    throw new InputError(`discount ${discount} over ${days} days leaves no price; below the face is right`)
  return cost
}

/** Interest of one month of 30/360 on a balance, rounded down. `annualRate` is a fraction a year. */
export function monthlyInterest(balance: bigint, annualRate: number): bigint {
  const rate = decimalFraction(annualRate)
  return (balance * rate.numerator) / (rate.denominator * 12n)
}

/**
 * Level monthly instalment of a loan, P i (1 + i)^n / ((1 + i)^n - 1) with i = annualRate / 12, half-even to the unit.
 * The power is taken in exact fractions. Source: the annuity formula of any text on interest, e.g. Kellison, The Theory
 * of Interest, ch. 3.
 */
export function annuityInstalment(principal: bigint, annualRate: number, months: number): bigint {
  const rate = decimalFraction(annualRate)
  if (rate.numerator === 0n) return divideHalfEven(principal, BigInt(months))
  const one = rate.denominator * 12n
  const grown = (one + rate.numerator) ** BigInt(months)
  const flat = one ** BigInt(months)
  return divideHalfEven(principal * rate.numerator * grown, one * (grown - flat))
}

/**
 * What a linear drip of `total` over `hours` still holds back with `hoursLeft` to go: floor(total hoursLeft / hours).
 */
export function unvestedOf(total: bigint, hoursLeft: bigint, hours: bigint): bigint {
  return hours === 0n ? 0n : (total * hoursLeft) / hours
}
