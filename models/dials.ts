/** Policy dials: one number that governance decides, and the settings of the rooms that it turns into. */
import { InputError } from '../sim/kernel/errors.ts'
import { openingBalance, type Setting } from './openingBalance.ts'

export type { Setting } from './openingBalance.ts'

export interface PolicyDial {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly from: number
  readonly to: number
  /** Where fewer futures are expected to fail; a study checks it. */
  readonly safer: 'up' | 'down'
  /** How levels between the bounds are spaced. */
  readonly spacing: 'linear' | 'log'
  /** The metric that it is sized for unless another is asked for. */
  readonly failure: string
  /** Who pays for more of it, in words. */
  readonly paidBy: string
  /** Where the scenario has it. */
  readonly today: (setting: Setting) => number
  /** Tighter bounds of this scenario, where more or less of it would be impossible. */
  readonly least?: (setting: Setting) => number
  readonly most?: (setting: Setting) => number
  /** Settings at a value, by the name of their dial. */
  readonly settings: (value: number, setting: Setting) => Readonly<Record<string, number>>
  /** USD that others than holders of sAID keep ready for it. */
  readonly setAside: (value: number, setting: Setting) => number
  /** What those others may ask a year for a dollar kept ready: not in the economy, so it is charged beside what is measured. */
  readonly asks: { readonly rate: number; readonly source: string; readonly evidence: 'J' | 'P' }
  /** An amount that every run measures, as a level of this dial that would have been enough with everybody behaving the same. */
  readonly measured?: { readonly metric: string; readonly level: (amount: number, setting: Setting) => number }
}

const nobody = { rate: 0, source: 'nobody outside the fund keeps money ready for it', evidence: 'J' } as const

const reserveBuffer: PolicyDial = {
  name: 'reserveBuffer',
  meaning:
    'Share of the sAID fund that is kept liquid instead of lent, from the first day on: the opening book shrinks with it',
  unit: '1',
  from: 0,
  to: 1,
  safer: 'up',
  spacing: 'linear',
  failure: 'depeg_2pct_24h',
  paidBy: 'sAID, whose fund earns the bill rate instead of deal rates',
  today: ({ number }) => number('treasury.bufferShare'),
  least: (setting) => {
    const { book, liquid } = openingBalance(setting)
    const lent = lentShare(setting)
    return book > 0 && lent > 0 ? Math.max(0, 1 - (lent * (book + liquid)) / book) : 0
  },
  settings(value, setting) {
    const lent = lentShare(setting)
    if (lent === 0 && value !== 1) {
      throw new InputError('reserveBuffer cannot be turned where treasury.bufferShare is 1: there is no book to scale')
    }
    const scale = lent === 0 ? 1 : (1 - value) / lent
    return { 'treasury.bufferShare': value, 'deals.openingScale': setting.number('deals.openingScale') * scale }
  },
  setAside: () => 0,
  asks: nobody,
  measured: {
    metric: 'requiredReserve',
    level(amount, setting) {
      const { book, liquid } = openingBalance(setting)
      const lent = book + liquid - amount * setting.number('aid.startSupply')
      return book > 0 ? clamped(1 - (lent * lentShare(setting)) / book) : 0
    },
  },
}

function lentShare({ number }: Setting): number {
  return 1 - number('treasury.bufferShare')
}

function clamped(value: number): number {
  return Math.max(0, Math.min(1, value))
}

const cashShare: PolicyDial = {
  name: 'cashShare',
  meaning: 'USDC and bank deposits that the treasury keeps, as a share of the AID outside the vault; their mix stays',
  unit: '1',
  from: 0,
  to: 1,
  safer: 'up',
  spacing: 'linear',
  failure: 'depeg_2pct_24h',
  paidBy: 'sAID and the issuer, who earn less on deposits and nothing on USDC',
  today: ({ number }) => number('reserve.usdcTarget') + number('reserve.cashTarget'),
  settings: (value, { number }) => {
    const usdc = number('reserve.usdcTarget')
    const cash = number('reserve.cashTarget')
    const part = usdc + cash > 0 ? usdc / (usdc + cash) : 0.5
    return { 'reserve.usdcTarget': value * part, 'reserve.cashTarget': value * (1 - part) }
  },
  setAside: () => 0,
  asks: nobody,
}

const dailyCap: PolicyDial = {
  name: 'dailyCap',
  meaning:
    'Most AID redeemed a day as a share of the supply in the morning: how small a cap still lets people out in time',
  unit: '1/day',
  from: 0.001,
  to: 1,
  safer: 'up',
  spacing: 'log',
  failure: 'redemptionFailure',
  paidBy: 'nobody in calm times; those who come late when it binds',
  today: ({ number }) => number('aid.dailyRedemptionCap'),
  settings: (value) => ({ 'aid.dailyRedemptionCap': value }),
  setAside: () => 0,
  asks: nobody,
}

const poolDepth: PolicyDial = {
  name: 'poolDepth',
  meaning: 'Value of both coins in the AID/USDC pool at the start',
  unit: 'USD',
  from: 1000,
  to: 1e10,
  safer: 'up',
  spacing: 'log',
  failure: 'depeg_2pct_24h',
  paidBy: 'providers of liquidity, who ask for incentives',
  today: ({ number }) => number('aidPool.depth'),
  least: ({ number }) => Math.max(1000, number('aidPool.depth') / 20),
  /** The pools cannot hold more AID than there is outside the vault; 2 % stays with holders. */
  most: (setting) => {
    const { number } = setting
    const free = openingBalance(setting).outside - number('saidPool.depth') * (1 - number('saidPool.firstShare'))
    return Math.min(1e10, (0.98 * free) / number('aidPool.firstShare'))
  },
  settings: (value) => ({ 'aidPool.depth': value }),
  setAside: (value) => value,
  asks: {
    rate: 0.06,
    source: 'incentives of a few percent a year above bills are usual for pools of young dollars; expert judgement',
    evidence: 'J',
  },
}

const firstLoss: PolicyDial = {
  name: 'firstLoss',
  meaning:
    'Part of the principal of every deal, the opening book included, that an underwriter pays of its losses first',
  unit: '1',
  from: 0,
  to: 0.5,
  safer: 'up',
  spacing: 'linear',
  failure: 'saidLossEvent',
  paidBy: 'the underwriter, who sets the money aside and will ask a return on it',
  today: ({ number }) => number('deals.firstLoss'),
  settings: (value) => ({ 'deals.firstLoss': value }),
  setAside: (value, setting) => value * openingBalance(setting).book,
  asks: {
    rate: 0.15,
    source: 'junior pieces of private credit ask 12–18 % a year beyond expected losses; expert judgement',
    evidence: 'J',
  },
  measured: { metric: 'requiredFirstLoss', level: (amount) => amount },
}

const overCollateralisation: PolicyDial = {
  name: 'overCollateralisation',
  meaning:
    'Market value of the machines pledged beyond the principal, as a share of it, as if the whole book, the opening one included, had been underwritten at it: rows of the tape that state their machines have them scaled',
  unit: '1',
  from: 0,
  to: 3,
  safer: 'up',
  spacing: 'linear',
  failure: 'saidLossEvent',
  paidBy:
    'borrowers, who pledge more machines for the same loan; that fewer would borrow, or at lower rates, is not in the economy',
  today: ({ number }) => number('deals.overCollateralisation'),
  settings(value, { number, rows }) {
    const turned: Record<string, number> = { 'deals.overCollateralisation': value }
    for (const row of rows('deals.tape')) {
      const units = Number(row['units'])
      const scale = (1 + value) / (1 + number('deals.overCollateralisation'))
      if (units > 0) turned[`deals.tape.${row['name']}.units`] = units * scale
    }
    return turned
  },
  setAside: () => 0,
  asks: nobody,
  measured: { metric: 'requiredCover', level: (amount) => Math.max(0, amount - 1) },
}

const insurance: PolicyDial = {
  name: 'insurance',
  meaning: 'Insurance fund at the start as a share of the staked assets: it bears losses of deals before sAID does',
  unit: '1',
  from: 0,
  to: 1,
  safer: 'up',
  spacing: 'linear',
  failure: 'saidLossEvent',
  paidBy: 'whoever fills the fund at the start; its bills earn for sAID',
  today: ({ number }) => number('vault.openingInsurance'),
  settings: (value) => ({ 'vault.openingInsurance': value }),
  setAside: (value, setting) => value * openingBalance(setting).staked,
  asks: {
    rate: 0.12,
    source: 'what capital that may be lost asks above the bills it is held in; expert judgement',
    evidence: 'J',
  },
}

/** Every policy dial, in the order in which they are listed. */
export const policyDials: readonly PolicyDial[] = [
  reserveBuffer,
  cashShare,
  dailyCap,
  poolDepth,
  firstLoss,
  overCollateralisation,
  insurance,
]
