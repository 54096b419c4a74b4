/** What the reserve remembers, reads and is shocked by. */
import type { ColumnDeclarations, Levers, Shocks } from '../../sim/kernel/room.ts'

export const reserveState = {
  cash: { unit: 'USD', meaning: 'Bank deposits' },
  usdc: { unit: 'USDC', meaning: 'USDC at hand' },
  unsettled: { unit: 'USD', meaning: 'Proceeds of bills sold, arriving on the next business day' },
  converting: {
    unit: 'USD',
    meaning: 'Dollars becoming USDC and USDC becoming dollars, arriving on the next business day',
  },
  mintingUsdc: { unit: 'USDC', meaning: 'Part of converting that becomes USDC' },
  redeemingUsdc: { unit: 'USD', meaning: 'Part of converting that becomes dollars' },
  bills: { unit: 'USD', meaning: 'Treasury bills at amortised cost' },
  liquid: { unit: 'USD', meaning: 'Everything the reserve owns, USDC at par' },
  face: { unit: 'USD', meaning: 'Face value of a rung, 0 when empty', each: 'rung' },
  cost: { unit: 'USD', meaning: 'Amortised cost of a rung', each: 'rung' },
  accretion: { unit: 'USD/day', meaning: 'Daily accretion of a rung toward its face', each: 'rung' },
  maturityDay: { unit: 'day', meaning: 'Day on which a rung is due', each: 'rung' },
  nextMaturity: { unit: 'day', meaning: 'Earliest day on which a rung is due' },
  settledDay: { unit: 'day', meaning: 'Latest day on which what was due arrived, −1 before the first' },
  rate: { unit: '1/year', meaning: 'Short rate' },
  usdcDeviation: { unit: 'USD', meaning: 'Calm deviation of USDC from a dollar' },
  usdcPrice: { unit: 'USD', meaning: 'Market price of USDC' },
  incomeToday: { unit: 'USD', meaning: 'Accretion, interest and gains not yet handed over' },
  lossToday: { unit: 'USD', meaning: 'Losses of forced sales, conversion fees and lost deposits not yet handed over' },
  incomeTotal: { unit: 'USD', meaning: 'Income since the start' },
  costsTotal: { unit: 'USD', meaning: 'Losses and fees since the start' },
  receivedTotal: { unit: 'USD', meaning: 'Dollars and USDC received since the start' },
  paidTotal: { unit: 'USD', meaning: 'Dollars and USDC paid since the start' },
  usdcReceived: { unit: 'USDC', meaning: 'USDC received since the start' },
  usdcPaid: { unit: 'USDC', meaning: 'USDC paid since the start' },
  convertedIn: { unit: 'USDC', meaning: 'USDC created from dollars since the start' },
  convertedOut: { unit: 'USDC', meaning: 'USDC returned for dollars since the start' },
  billsBought: { unit: 'USD', meaning: 'Cost of bills bought since the start' },
  billsSold: { unit: 'USD', meaning: 'Amortised cost of bills sold before maturity since the start' },
  maturedTotal: { unit: 'USD', meaning: 'Face of bills that matured and were paid since the start' },
  accretedTotal: { unit: 'USD', meaning: 'Accretion since the start' },
  startLiquid: { unit: 'USD', meaning: 'Liquid assets at the start' },
  startUsdc: { unit: 'USDC', meaning: 'USDC at the start' },
  startBills: { unit: 'USD', meaning: 'Bills at the start' },
} as const satisfies ColumnDeclarations

export const reserveInputs = {
  supply: { unit: 'AID', meaning: 'AID in existence' },
  heldAid: { unit: 'AID', meaning: 'AID inside the vault' },
  fundClaim: { unit: 'USD', meaning: 'What the vault owes its shares, with income not yet injected and insurance' },
  treasuryPayable: { unit: 'USD', meaning: 'Performance fees owed to the treasury' },
  surplus: { unit: 'USD', meaning: 'Assets beyond all claims' },
  deficit: { unit: 'USD', meaning: 'Claims that no asset backs' },
  outstanding: { unit: 'USD', meaning: 'Outstanding balance of all deals' },
  pendingRedemptions: { unit: 'AID', meaning: 'AID waiting to be redeemed' },
  pendingExits: { unit: 'USD', meaning: 'Value of sAID that has asked to leave' },
} as const satisfies ColumnDeclarations

export const reserveShocks = {
  rate: { law: 'normal', meaning: 'News of the short rate' },
  usdc: { law: 'normal', meaning: 'News of the price of USDC' },
} as const satisfies Shocks

export const reserveLevers = {
  usdcPrice: { unit: '1', meaning: 'Multiplies the market price of USDC', neutral: 1, from: 0.05, to: 1.1 },
  bankClosed: { unit: '1', meaning: '1 shuts banks and the bill market on a business day', neutral: 0, from: 0, to: 1 },
  rateShift: { unit: '1/year', meaning: 'Added to the yields at which bills trade', neutral: 0, from: -0.05, to: 0.2 },
  billStress: {
    unit: '1',
    meaning: 'Stress of the bill market: 0 calm spread, 1 stressed spread',
    neutral: 0,
    from: 0,
    to: 1,
  },
  depositLoss: {
    unit: '1/day',
    meaning: 'Share of bank deposits that a failed bank takes in the morning of the day',
    neutral: 0,
    from: 0,
    to: 1,
  },
} as const satisfies Levers
