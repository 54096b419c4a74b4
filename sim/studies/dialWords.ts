/** Dials and metrics in the middle of a sentence, for readers who never saw their names. */

/** What a dial of the studies is called; others are called by their meaning. */
const titles: Readonly<Record<string, string>> = {
  'aid.dailyRedemptionCap': 'daily cap of redemptions',
  'aid.redeemFee': 'fee of a redemption',
  'aidPool.depth': 'depth of the AID pool',
  'deals.accelerationLoanToValue': 'loan-to-value of a called deal',
  'deals.firstLoss': 'first-loss cover of deals',
  'deals.openingScale': 'size of the opening book',
  'deals.overCollateralisation': 'over-collateralisation of deals',
  'deals.overlayProbability': 'default rate beside rents',
  'gpuMarket.glutShare': 'probability of a glut of GPUs',
  'hardware.impact': 'price impact of sold machines',
  'holders.arbitrageInflow': 'daily money of arbitrageurs',
  'holders.flowVolatility': 'volatility of calm flows',
  'holders.herding': 'herding of holders',
  'reserve.cashTarget': 'bank deposits of the treasury',
  'reserve.usdcTarget': 'USDC that the treasury keeps',
  'saidPool.depth': 'depth of the sAID pool',
  'treasury.bufferShare': 'liquid share of the fund',
  'vault.cycleDays': 'length of an exit cycle',
  cashShare: 'cash share of the treasury',
  dailyCap: 'daily cap of redemptions',
  firstLoss: 'first-loss cover of deals',
  overCollateralisation: 'over-collateralisation of deals',
  poolDepth: 'depth of the AID pool',
  reserveBuffer: 'reserve buffer',
}

/** 'depth of the AID pool'; without a title the first clause of the meaning, and the row that is meant. */
export function dialTitle({ name, meaning }: { readonly name: string; readonly meaning: string }): string {
  const title = titles[name]
  if (title !== undefined) return title
  const [clause] = meaning.split(/[:;,(]/)
  const [, , ...row] = name.split('.')
  const named = row.length > 1 && row[0] !== '*' ? ` of ${row.slice(0, -1).join('.')}` : ''
  return lowered(clause.trim()) + named
}

/** A meaning within a sentence: its first letter small, unless it begins a name such as AID. */
export function lowered(meaning: string): string {
  return /^[A-Z]([a-z ]|$)/.test(meaning) ? meaning.charAt(0).toLowerCase() + meaning.slice(1) : meaning
}

/** The same at the beginning of a line. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}
