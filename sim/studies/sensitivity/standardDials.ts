/** The dials that a study of sensitivity turns unless told otherwise: risks from outside and levers of the protocol, with a reason for each range. */
import type { DialScale } from './ranges.ts'

interface StandardDial {
  readonly from: number
  readonly to: number
  readonly scale?: DialScale
  readonly reason: string
}

export const standardDials: Readonly<Record<string, StandardDial>> = {
  'deals.overlayProbability': {
    from: 0.01,
    to: 0.12,
    scale: 'logarithmic',
    reason: 'default rates of borrowers rated from BB to CCC',
  },
  'gpuMarket.glutShare': {
    from: 0.2,
    to: 0.8,
    reason: 'nobody knows whether the next GPU market is long or short of supply',
  },
  'hardware.impact': {
    from: 0.003,
    to: 0.03,
    scale: 'logarithmic',
    reason: 'the price of a sale of machines at once is a judgement; a factor of three either way',
  },
  'deals.accelerationLoanToValue': {
    from: 1.1,
    to: 2,
    reason: 'how long lenders wait while collateral falls short: a term of contracts',
  },
  'treasury.bufferShare': {
    from: 0.05,
    to: 0.3,
    reason: 'liquid part of the fund: from a third to twice what is published',
  },
  'reserve.usdcTarget': {
    from: 0.03,
    to: 0.3,
    reason: 'USDC at hand: from a few per cent to nearly a third of AID outside the vault',
  },
  'deals.openingScale': {
    from: 0.7,
    to: 1.15,
    reason: 'the book on the first day, from seven tenths of the published one to all that the fund has',
  },
  'aidPool.depth': {
    from: 500_000,
    to: 6_000_000,
    scale: 'logarithmic',
    reason: 'liquidity leaves with its incentives: from a quarter to three times as much',
  },
  'holders.herding': { from: 0, to: 15, reason: 'from nobody minding others to three times the standard' },
  'holders.flowVolatility': {
    from: 0.001,
    to: 0.008,
    scale: 'logarithmic',
    reason: 'calm daily flows of comparable coins, a factor of about three either way',
  },
  'holders.arbitrageInflow': {
    from: 50_000,
    to: 800_000,
    scale: 'logarithmic',
    reason: 'dollars that arbitrage raises a day are a judgement; a factor of four either way',
  },
}
