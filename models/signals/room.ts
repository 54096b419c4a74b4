/** What everybody can see: prices and cover, each tick. */
import { defineRoom } from '../../sim/kernel/room.ts'

export const signals = defineRoom({
  name: 'signals',
  meaning:
    'What everybody can see of the economy: the price of AID in dollars, its liquid cover, and the collateral behind the deals.',
  parameters: {
    coverage: {
      value: 'byMode',
      choices: ['byMode', 'liquidOnly'],
      meaning: 'byMode: in unified mode deals count as cover; liquidOnly: never',
      source: 'structural switch of the solvency definition',
      evidence: 'J',
    },
  },
  state: {
    aidPrice: { unit: 'USD', meaning: 'Price of AID in the pool, in dollars (USDC is not taken for a dollar)' },
    saidPrice: { unit: 'USD', meaning: 'Price of a share of sAID in its pool, in dollars' },
    liquid: { unit: 'USD', meaning: 'Cash, USDC at its market price, bills and what is on its way' },
    available: {
      unit: 'USD',
      meaning: 'Liquid assets behind those claims: without the fund’s own where staking burns AID',
    },
    claims: { unit: 'USD', meaning: 'AID that may ask for dollars: outside the vault, and exits already asked for' },
    coverage: { unit: '1', meaning: 'What covers AID over what may claim it; below 1 is a solvency failure' },
    backing: {
      unit: '1',
      meaning:
        'What stands behind an AID outside the vault as its holders see it: liquid assets (two tiers), or all assets (unified), over AID outside',
    },
    liquidityRatio: { unit: '1', meaning: 'Liquid assets over the AID that may ask for dollars' },
    collateralCover: {
      unit: '1',
      meaning: 'Market value of all pledged GPUs over the outstanding balance of the deals',
    },
  },
  inputs: {
    poolPrice: { unit: 'USDC', meaning: 'Price of AID in the AID/USDC pool' },
    saidPoolPrice: { unit: 'AID per AID of value', meaning: 'Price of sAID in its pool over its deposit NAV' },
    usdcPrice: { unit: 'USD', meaning: 'Market price of USDC' },
    cash: { unit: 'USD', meaning: 'Bank deposits' },
    usdc: { unit: 'USDC', meaning: 'USDC of the reserve' },
    unsettled: { unit: 'USD', meaning: 'Proceeds of bills sold, on their way' },
    converting: { unit: 'USD', meaning: 'Dollars becoming USDC or back, on their way' },
    bills: { unit: 'USD', meaning: 'Treasury bills at amortised cost' },
    supply: { unit: 'AID', meaning: 'AID in existence' },
    heldAid: { unit: 'AID', meaning: 'AID inside the vault' },
    pendingExits: { unit: 'USD', meaning: 'Value of sAID that has asked to leave' },
    depositNav: { unit: 'AID/share', meaning: 'Price of entry to sAID' },
    vaultClaim: { unit: 'USD', meaning: 'What the vault owes its shares, with income not yet injected and insurance' },
    dealsGross: { unit: 'USD', meaning: 'Outstanding balance of all deals' },
    impairment: { unit: 'USD', meaning: 'Expected loss on deals in trouble, not yet realised' },
    collateralValue: { unit: 'USD', meaning: 'Market value of the GPUs pledged' },
    unified: { unit: '1', meaning: '1 in unified mode' },
    burned: { unit: '1', meaning: '1 when staking burns AID' },
  },
  open({ state, inputs, parameters }) {
    const { aidPrice, saidPrice, liquid, available, claims, coverage, backing, liquidityRatio, collateralCover } = state
    const { poolPrice, saidPoolPrice, usdcPrice, cash, usdc, unsettled, converting, bills, supply, heldAid } = inputs
    const { pendingExits, depositNav, vaultClaim, dealsGross, impairment, collateralValue, unified, burned } = inputs
    const liquidOnly = parameters.coverage === 'liquidOnly'

    const see = (active: Int32Array, count: number): void => {
      for (let k = 0; k < count; k++) {
        const p = active[k]
        aidPrice[p] = poolPrice[p] * usdcPrice[p]
        saidPrice[p] = saidPoolPrice[p] * depositNav[p] * aidPrice[p]
        const stock = cash[p] + usdc[p] * usdcPrice[p] + unsettled[p] + converting[p] + bills[p]
        liquid[p] = stock
        const dealsNet = dealsGross[p] - impairment[p]
        const fundLiquid = burned[p] === 1 ? Math.max(0, vaultClaim[p] - dealsGross[p]) : 0
        const outside = supply[p] - heldAid[p]
        const asked = burned[p] === 1 ? outside : outside + pendingExits[p]
        claims[p] = asked
        available[p] = stock - fundLiquid
        liquidityRatio[p] = asked > 0 ? available[p] / asked : 1
        const outsideRatio = outside > 0 ? (stock - fundLiquid) / outside : 1
        // In unified mode the vault is junior: all assets stand behind the AID outside it.
        backing[p] = unified[p] === 1 && outside > 0 ? (stock + dealsNet) / outside : outsideRatio
        coverage[p] =
          unified[p] === 1 && !liquidOnly ? (supply[p] > 0 ? (stock + dealsNet) / supply[p] : 1) : liquidityRatio[p]
        collateralCover[p] = dealsGross[p] > 0 ? collateralValue[p] / dealsGross[p] : 0
      }
    }
    return { start: see, tick: see }
  },
})
