/** What the deals remember, what they see of the other rooms, and what a scenario may move. */
import type { ColumnDeclarations, Levers, RoomContext, Tables } from '../../sim/kernel/room.ts'
import type { dealParameters } from './parameters.ts'
import { borrowerTable, mixTable, tapeTable } from './tape.ts'

const slot = 'slot'

const perSlot = {
  status: {
    unit: '1',
    meaning: '0 empty, 1 performing, 2 watch, 3 late, 4 default, 5 hosted, 6 liquidating, 7 closed',
    each: slot,
  },
  borrower: { unit: '1', meaning: 'Row of the borrower', each: slot },
  type: { unit: '1', meaning: '0 debt, 1 equity, 2 hybrid', each: slot },
  structure: { unit: '1', meaning: '0 amortising, 1 interest only, 2 bullet', each: slot },
  balance: { unit: 'USD', meaning: 'Principal outstanding', each: slot },
  rate: { unit: '1/year', meaning: 'Interest rate', each: slot },
  revenueShare: { unit: '1', meaning: 'Share of revenue (equity) or of spare income (hybrid)', each: slot },
  payment: {
    unit: 'USD/month',
    meaning: 'Level payment of an amortising deal; instalment of capital of an equity deal',
    each: slot,
  },
  monthsLeft: { unit: 'month', meaning: 'Payments still to come', each: slot },
  nextPayment: { unit: 'day', meaning: 'Day from which the next payment is due', each: slot },
  interestAccrued: { unit: 'USD', meaning: 'Interest of a bullet deal that falls due with its principal', each: slot },
  interestDue: { unit: 'USD', meaning: 'Interest due and not paid', each: slot },
  principalDue: { unit: 'USD', meaning: 'Principal due and not paid', each: slot },
  borrowerCash: { unit: 'USD', meaning: 'Cash of the deal’s segregated portfolio at its borrower', each: slot },
  cashReserve: { unit: 'USD', meaning: 'Debt-service reserve', each: slot },
  reserveShare: { unit: '1', meaning: 'Debt-service reserve wanted, as a share of the balance', each: slot },
  units: { unit: 'GPU', meaning: 'Machines pledged', each: slot },
  generation: { unit: '1', meaning: 'Row of their generation', each: slot },
  coverage: { unit: '1', meaning: 'Market value of the machines over the balance when the deal began', each: slot },
  contractRent: { unit: 'USD/GPU-hour', meaning: 'Rent under contract', each: slot },
  contractUntil: { unit: 'day', meaning: 'Day on which the contracts end; −1 once they have', each: slot },
  relativeUtilisation: { unit: '1', meaning: 'Spot utilisation relative to the market’s', each: slot },
  revenueDeviation: { unit: '1', meaning: 'Log of the deal’s own revenue against the market’s, mean zero', each: slot },
  revenueThrough: { unit: 'day', meaning: 'Day up to which revenue has reached the account', each: slot },
  dscr: { unit: '1', meaning: 'Debt-service coverage at the last test, at most 99', each: slot },
  ltv: { unit: '1', meaning: 'Loan-to-value at the last test, at most 99', each: slot },
  breachSince: { unit: 'day', meaning: 'First test above the acceleration level; −1 when below', each: slot },
  lateSince: { unit: 'day', meaning: 'Day of the first payment missed, of late deals and after', each: slot },
  defaultedOn: { unit: 'day', meaning: 'Day of default', each: slot },
  exposure: { unit: 'USD', meaning: 'Balance at default', each: slot },
  saleLot: { unit: 'GPU', meaning: 'Machines sold a business day in liquidation', each: slot },
  hostedRentShare: { unit: '1', meaning: 'Rent with a hosting partner over the market’s contract rent', each: slot },
  hostedShare: { unit: '1', meaning: 'Share of net income that a hosting partner pays on', each: slot },
  hostedCost: { unit: 'USD', meaning: 'Cost of moving to the partner not yet recouped', each: slot },
  hostedUntil: { unit: 'day', meaning: 'Day on which hosting ends', each: slot },
  collateralBrought: { unit: 'USD', meaning: 'What the machines brought after default, net of costs', each: slot },
  recovered: { unit: 'USD', meaning: 'Principal that came back after default', each: slot },
  insuranceShare: { unit: '1', meaning: 'Share of a remaining loss that the insurer owes', each: slot },
  insuranceDue: { unit: 'USD', meaning: 'Claim on the insurer, within the balance', each: slot },
  insuranceDueDay: { unit: 'day', meaning: 'Day on which the insurer pays', each: slot },
  firstLossLeft: { unit: 'USD', meaning: 'Underwriter’s first-loss money not yet used', each: slot },
  slotFunded: { unit: 'USD', meaning: 'Principal funded: the balance of the first day or of origination', each: slot },
  slotRepaid: { unit: 'USD', meaning: 'Principal that came back in any way', each: slot },
  slotWrittenOff: { unit: 'USD', meaning: 'Principal lost', each: slot },
  slotImpairment: { unit: 'USD', meaning: 'Expected loss not yet realised', each: slot },
} as const satisfies ColumnDeclarations

const perBorrower = {
  hazardThreshold: {
    unit: '1',
    meaning: 'Common hazard at which the borrower stops paying: an exponential number over its hazard multiple',
    each: 'borrower',
  },
  stopped: { unit: '1', meaning: '1 once the borrower pays nothing any more, before its default', each: 'borrower' },
  borrowerDefaulted: { unit: '1', meaning: '1 once the borrower has defaulted', each: 'borrower' },
  borrowerBalance: { unit: 'USD', meaning: 'Outstanding over all deals of the borrower', each: 'borrower' },
} as const satisfies ColumnDeclarations

const perPath = {
  outstanding: { unit: 'USD', meaning: 'Gross book: sum of all balances' },
  impairment: { unit: 'USD', meaning: 'Expected loss of late, defaulted and short equity deals, not yet realised' },
  performing: { unit: 'USD', meaning: 'Balance of performing and watched deals' },
  watched: { unit: 'USD', meaning: 'Balance of watched deals' },
  troubled: { unit: 'USD', meaning: 'Balance of deals that are late, in default or in workout' },
  collateralValue: { unit: 'USD', meaning: 'Market value of all machines pledged or seized' },
  largestShare: { unit: '1', meaning: 'Share of the book that the largest borrower owes' },
  relatedShare: { unit: '1', meaning: 'Share of the book that related parties owe' },
  hazard: { unit: '1', meaning: 'Common hazard since the start' },
  hazardToday: { unit: '1', meaning: 'Common hazard of the day' },
  nextThreshold: { unit: '1', meaning: 'Lowest hazard at which another borrower stops paying' },
  insurerDefaultDay: { unit: 'day', meaning: 'Day on which the insurer fails' },
  nextEvent: { unit: 'day', meaning: 'Day from which a deal has something to do' },
  changedOn: { unit: 'day', meaning: 'Last day on which a deal has acted' },
  slotsUsed: { unit: 'slot', meaning: 'Slots that have ever held a deal lie below this' },
  awaiting: { unit: 'deal', meaning: 'Deals that may be hosted or sold from today and wait for the choice' },
  forSale: { unit: 'deal', meaning: 'Deals with machines for sale' },
  defaultsCumulative: { unit: 'borrower', meaning: 'Borrowers defaulted since the start' },
  dealsDefaulted: { unit: 'deal', meaning: 'Deals defaulted since the start' },
  defaultedAmount: { unit: 'USD', meaning: 'Balance at default of all deals since the start' },
  fundedTotal: { unit: 'USD', meaning: 'Principal funded: the opening book and all originations' },
  repaidTotal: { unit: 'USD', meaning: 'Principal that came back in any way, recoveries and insurance included' },
  writtenOffTotal: { unit: 'USD', meaning: 'Principal lost since the start' },
  recoveredTotal: { unit: 'USD', meaning: 'Principal that came back after default, insurance included' },
  interestTotal: { unit: 'USD', meaning: 'Interest and shares of revenue received since the start' },
  originatedTotal: { unit: 'USD', meaning: 'Principal of deals made during the run' },
  interestToday: { unit: 'USD', meaning: 'Interest and shares of revenue received, not yet handed over' },
  principalToday: { unit: 'USD', meaning: 'Principal repaid by borrowers, not yet handed over' },
  recoveryToday: { unit: 'USD', meaning: 'Principal recovered after default without insurance, not yet handed over' },
  insuranceToday: { unit: 'USD', meaning: 'Principal paid by the insurer, not yet handed over' },
  writeOffToday: { unit: 'USD', meaning: 'Principal lost, not yet handed over' },
  lossTotal: { unit: 'USD', meaning: 'Principal lost since the start, net of all recoveries' },
  lossShareOfFunded: { unit: '1', meaning: 'Principal lost over principal funded' },
  worstLossGivenDefault: { unit: '1', meaning: 'Largest loss over balance at default among closed workouts' },
  requiredCover: {
    unit: '1',
    meaning:
      'Largest collateral value over balance at which some defaulted deal should have begun to lose nothing: its own, times what the machines had to bring over what they brought (a linear, static rule); 0 without default, at most 99',
  },
  illegalMoves: { unit: '1', meaning: 'Moves between states that are not legal' },
} as const satisfies ColumnDeclarations

export const dealColumns = {
  ...perSlot,
  ...perBorrower,
  ...perPath,
  unitsPledged: { unit: 'GPU', meaning: 'Machines pledged or seized, by generation', each: 'generation' },
} as const satisfies ColumnDeclarations

export const dealInputs = {
  spot: { unit: 'USD/GPU-hour', meaning: 'Spot rent', each: 'generation' },
  contract: { unit: 'USD/GPU-hour', meaning: 'Rent of a new one-year contract', each: 'generation' },
  price: { unit: 'USD/GPU', meaning: 'Market price of a machine', each: 'generation' },
  releaseDay: { unit: 'day', meaning: 'Day on which the generation comes to market', each: 'generation' },
  utilisation: { unit: '1', meaning: 'Share of hours rented out in the market' },
  regime: { unit: '1', meaning: '0 glut, 1 normal, 2 shortage' },
  factor: { unit: '1', meaning: 'Common rent factor in standard deviations, good is positive' },
} as const satisfies ColumnDeclarations

export const dealLevers = {
  defaultLargest: {
    unit: '1',
    meaning: '1 on a day on which the borrower with the largest balance turns out to be in default',
    neutral: 0,
    from: 0,
    to: 1,
  },
  borrowerStress: {
    unit: '1',
    meaning: 'Multiple of the hazard that borrowers stop paying',
    neutral: 1,
    from: 0,
    to: 1000,
  },
} as const satisfies Levers

export const dealTables = { borrowers: borrowerTable, tape: tapeTable, mix: mixTable } as const satisfies Tables

/** What the parts of this room are opened with. */
export type DealsContext = RoomContext<
  typeof dealParameters,
  typeof dealTables,
  typeof dealColumns,
  typeof dealInputs,
  Record<never, never>,
  typeof dealLevers
>
