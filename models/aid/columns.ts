/** What the synthetic dollar remembers, and what it reads of the reserve and the vault. */
import { queueColumns } from '../../sim/kernel/firstComeQueue.ts'
import type { ColumnDeclarations } from '../../sim/kernel/room.ts'

export const aidState = {
  supply: { unit: 'AID', meaning: 'AID in existence' },
  openingSupply: { unit: 'AID', meaning: 'AID in existence at the start' },
  openingStake: { unit: 'AID', meaning: 'AID staked at the start' },
  mintedTotal: { unit: 'AID', meaning: 'AID minted since the start, for USDC and for yield' },
  burnedTotal: { unit: 'AID', meaning: 'AID burned since the start, by redemptions and losses' },
  unified: { unit: '1', meaning: '1 in unified mode' },
  burned: { unit: '1', meaning: '1 when staking burns AID' },
  treasury: { unit: 'AID', meaning: 'AID held by the treasury: fees paid in AID' },
  surplus: { unit: 'USD', meaning: 'Assets beyond all claims' },
  deficit: { unit: 'USD', meaning: 'Claims that no asset backs' },
  openingSurplus: { unit: 'USD', meaning: 'Surplus at the start' },
  feesTotal: { unit: 'USD', meaning: 'Mint and redemption fees since the start, all credited to the surplus' },
  surplusAdded: { unit: 'USD', meaning: 'Surplus from other sources than fees since the start' },
  surplusUsed: { unit: 'USD', meaning: 'Losses that the surplus bore since the start' },
  deficitAdded: { unit: 'USD', meaning: 'Losses that nothing bore since the start' },
  pendingRedemptions: { unit: 'AID', meaning: 'AID in escrow, waiting to be redeemed' },
  requestAmount: { unit: 'AID', meaning: 'AID of the open redemption request', each: 'holder' },
  requestSince: { unit: 'tick', meaning: 'Tick of the open request', each: 'holder' },
  requestBusinessDay: {
    unit: 'business days',
    meaning: 'Business days of the run before the open request',
    each: 'holder',
  },
  requestSequence: { unit: '1', meaning: 'Number of the open request in the order of arrival', each: 'holder' },
  ...queueColumns('holder'),
  sequence: { unit: '1', meaning: 'Number of the latest request' },
  lastPaidSequence: { unit: '1', meaning: 'Highest number of a request that was paid' },
  redeemedToday: { unit: 'AID', meaning: 'AID redeemed today' },
  mintedToday: { unit: 'AID', meaning: 'AID minted for USDC today' },
  redeemedTotal: { unit: 'AID', meaning: 'AID redeemed since the start' },
  capToday: { unit: 'AID', meaning: 'Most AID that may be redeemed today' },
  gated: { unit: '1', meaning: '1 while the gate stops redemptions' },
  businessDay: { unit: 'business days', meaning: 'Business days of the run so far' },
  oldestWaitDays: { unit: 'days', meaning: 'Age of the oldest redemption request this morning' },
  redemptionFailure: {
    unit: '1',
    meaning: '1 once a redemption stayed unpaid for too many business days or met a closed gate',
  },
} as const satisfies ColumnDeclarations

export const aidInputs = {
  liquid: { unit: 'USD', meaning: 'Liquid assets of the reserve, USDC at par' },
  heldAid: { unit: 'AID', meaning: 'AID inside the vault' },
} as const satisfies ColumnDeclarations
