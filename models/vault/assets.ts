/** What the shares of the vault own and are worth: deposits, income and its drip, and the losses that eat into it. */
import type { VaultContext } from './context.ts'
import { acceptsDeposits, sharePrice, sharesForDeposit, unvestedAfter, virtualUnit } from './shares.ts'

export function openAssets(context: VaultContext) {
  const { state, inputs, parameters, clock } = context
  const { shares, totalAssets, heldAid, unvested, dripLeft, undistributed, insurance, treasuryPayable, fundClaim } =
    state
  const { depositNav, exitNav, peakNav, drawdown, injectedToday, burnedToday, pendingShares, pendingFixed } = state
  const { pendingExits, sharesMinted, depositsTotal, incomeTotal, injectedTotal, feesTotal, feesInsured } = state
  const { treasuryTaken, insuranceAdded, insuranceUsed, incomeLost, lossesTotal, sweptTotal } = state
  const { impairment, burned } = inputs
  const { performanceFee, feeToInsurance, dripHours, startingNav } = parameters
  const dual = parameters.dualNav === 'on'
  const continuous = parameters.navMarking === 'continuous'
  const fixedAtRequest = parameters.priceFixing === 'request'

  /** Recomputes what follows from the balances. A vault without shares quotes 1; shares that nothing backs are worth 0. */
  const refresh = (path: number): void => {
    const assets = totalAssets[path]
    const outstanding = shares[path]
    const net = dual ? assets - impairment[path] : assets
    const empty = outstanding === 0
    depositNav[path] = empty ? 1 : assets > 0 ? sharePrice(assets, outstanding) : 0
    exitNav[path] = empty ? 1 : net > 0 ? sharePrice(net, outstanding) : 0
    drawdown[path] = peakNav[path] > 0 ? Math.max(0, 1 - exitNav[path] / peakNav[path]) : 0
    pendingExits[path] = fixedAtRequest ? pendingFixed[path] : pendingShares[path] * exitNav[path]
    fundClaim[path] = assets + unvested[path] + undistributed[path] + insurance[path]
  }
  /**
   * The peak is taken when the books of the morning are closed: between the release of an impairment and the booking of its loss
   * the exit NAV is nobody's price.
   */
  const closeBooks = (path: number): void => {
    refresh(path)
    if (exitNav[path] > peakNav[path]) peakNav[path] = exitNav[path]
    refresh(path)
  }
  /** AID in the vault mirrors its assets where staking holds AID. */
  const owesBurn = (path: number, amount: number): void => {
    if (burned[path] === 0) burnedToday[path] += amount
  }
  const vest = (path: number, hours: number): void => {
    if (dripLeft[path] === 0) return
    const held = unvestedAfter(unvested[path], dripLeft[path], hours)
    totalAssets[path] += unvested[path] - held
    unvested[path] = held
    dripLeft[path] = Math.max(0, dripLeft[path] - hours)
  }
  /** What is still dripping joins the new income and drips anew (as StakedUSDe of Ethena did in its first version). */
  const inject = (path: number): void => {
    const income = undistributed[path]
    if (income === 0 || shares[path] === 0) return
    const fee = income * performanceFee
    const insured = fee * feeToInsurance
    const net = income - fee
    undistributed[path] = 0
    insurance[path] += insured
    treasuryPayable[path] += fee - insured
    feesTotal[path] += fee
    feesInsured[path] += insured
    injectedTotal[path] += net
    if (burned[path] === 0) injectedToday[path] += net
    if (dripHours > 0) {
      unvested[path] += net
      dripLeft[path] = dripHours
    } else totalAssets[path] += net
  }
  const insure = (path: number, usd: number): number => {
    if (!(usd > 0)) return 0
    const borne = Math.min(usd, insurance[path])
    insurance[path] -= borne
    insuranceUsed[path] += borne
    refresh(path)
    return usd - borne
  }
  const bear = (path: number, usd: number): number => {
    if (!(usd > 0)) return 0
    const dripping = Math.min(usd, unvested[path])
    unvested[path] -= dripping
    if (unvested[path] === 0) dripLeft[path] = 0
    const vested = Math.min(usd - dripping, totalAssets[path])
    totalAssets[path] -= vested
    const income = Math.min(usd - dripping - vested, undistributed[path])
    undistributed[path] -= income
    incomeLost[path] += income
    lossesTotal[path] += dripping + vested + income
    owesBurn(path, dripping + vested)
    refresh(path)
    return usd - dripping - vested - income
  }

  return {
    refresh,
    closeBooks,
    start(path: number): void {
      totalAssets[path] = inputs.openingStake[path]
      shares[path] = totalAssets[path] / startingNav
      heldAid[path] = burned[path] === 0 ? totalAssets[path] : 0
      insurance[path] = parameters.openingInsurance * totalAssets[path]
      state.openingAssets[path] = totalAssets[path]
      state.openingShares[path] = shares[path]
      state.openingInsurance[path] = insurance[path]
      closeBooks(path)
    },
    /** The morning: a day of drip, then the injection of income where it is due. */
    morning(path: number): void {
      vest(path, 24)
      if (continuous || clock.dayOfMonth === 1) inject(path)
    },
    /** Burns shares of a leaver; what the last one leaves behind goes to the insurance fund, for nobody else owns it. */
    burnShares(path: number, amount: number): void {
      const left = shares[path] - amount
      const gone = left < virtualUnit ? shares[path] : amount
      shares[path] -= gone
      state.sharesBurned[path] += gone
      if (shares[path] > 0) return
      const rest = totalAssets[path] + unvested[path]
      totalAssets[path] = 0
      unvested[path] = 0
      dripLeft[path] = 0
      insurance[path] += rest
      sweptTotal[path] += rest
      owesBurn(path, rest)
    },
    operations: {
      /** Mints shares at the deposit NAV. @returns shares, 0 when nothing backs the exit: then take no AID. */
      deposit(path: number, aid: number): number {
        if (!(aid > 0) || exitNav[path] === 0 || !acceptsDeposits(totalAssets[path], shares[path])) return 0
        const minted = sharesForDeposit(aid, totalAssets[path], shares[path])
        shares[path] += minted
        totalAssets[path] += aid
        if (burned[path] === 0) heldAid[path] += aid
        sharesMinted[path] += minted
        depositsTotal[path] += aid
        refresh(path)
        return minted
      },
      /** Takes in income of the fund, to be injected when due. */
      earn(path: number, usd: number): void {
        if (!(usd > 0)) return
        undistributed[path] += usd
        incomeTotal[path] += usd
        refresh(path)
      },
      /** The insurance fund bears a loss. @returns the loss that is left, USD. */
      insure,
      /** Unvested income, then assets, then income not yet injected bear a loss. @returns the loss that is left, USD. */
      bear,
      /** Insurance first, then all that the vault owns. @returns the loss that is left, USD. */
      lose: (path: number, usd: number): number => bear(path, insure(path, usd)),
      /** Puts money from elsewhere into the insurance fund. */
      fundInsurance(path: number, usd: number): void {
        if (!(usd > 0)) return
        insurance[path] += usd
        insuranceAdded[path] += usd
        refresh(path)
      },
      /** Takes note that AID was minted for injected income. @returns AID to mint. */
      takeInjected(path: number): number {
        const amount = injectedToday[path]
        heldAid[path] += amount
        injectedToday[path] = 0
        return amount
      },
      /** Takes note that AID was burned for losses. @returns AID to burn. */
      takeBurned(path: number): number {
        const amount = burnedToday[path]
        heldAid[path] = Math.max(0, heldAid[path] - amount)
        burnedToday[path] = 0
        return amount
      },
      /** @returns performance fees to pay to the treasury, which are then no longer owed. */
      takeTreasury(path: number): number {
        const amount = treasuryPayable[path]
        treasuryPayable[path] = 0
        treasuryTaken[path] += amount
        return amount
      },
    },
  }
}
export type Assets = ReturnType<typeof openAssets>
