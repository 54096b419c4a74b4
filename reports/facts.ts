/** Public facts of mid-2026 to hold the simulated year against, and why the two may differ. */

export interface PublicFact {
  /** What both speak of. */
  readonly name: string
  /** Outcome column of the run that answers it. */
  readonly column: string
  /** The fact as published, in words. */
  readonly fact: string
  /** The number to compare with, in the unit of the column; null where the fact has none. */
  readonly value: number | null
  readonly source: string
  /** Why a year of the run may end above or below the fact. */
  readonly above: string
  readonly below: string
  /** What an agreement or a fact without a number means. */
  readonly agrees: string
}

export const publicFacts: readonly PublicFact[] = [
  {
    name: 'AID supply at the end',
    column: 'outcomes.supplyAtEnd',
    fact: '20.86 M AID in July 2026, after 21.42 M in February 2026',
    value: 20.86e6,
    source: 'DefiLlama, 2026-07-24 and 2026-02-25',
    agrees: 'The run starts from the published supply; a year of flows leaves the fact inside the range.',
    above:
      'The fact is where the run starts, not where it ends: in the run the yield of sAID mints AID every month and calm holders stay.',
    below:
      'The fact is where the run starts, not where it ends: the slow outflow seen since February 2026 goes on for a year, and losses and exits take their share.',
  },
  {
    name: 'Net yield of sAID',
    column: 'outcomes.netYield',
    fact: '11.85 % a year net, 14.82 % gross of fees',
    value: 0.1185,
    source: 'DefiLlama fee adapter, February 2026',
    agrees: 'A fee of a fifth of the gross yield gives the net one in both.',
    above:
      'The run holds more deals, or dearer ones, than the book behind the published month, of which nothing is disclosed.',
    below:
      'The published figure is a month without any known default, made yearly. The run nets a year of write-offs, unrealised losses, idle cash between deals and bills at their own rate.',
  },
  {
    name: 'Yield of the deals before losses and fees',
    column: 'outcomes.dealYield',
    fact: '10–20 % a year on debt, 14.82 % gross on all that sAID owns',
    value: 0.16,
    source:
      'docs.gaib.ai; DefiLlama fee adapter, February 2026. 16 % is what deals must earn if 90 % of the fund is lent and bills pay 4 %',
    agrees: 'The deals of the run earn what the published gross yield implies.',
    above:
      'Dearer late payments, new deals at the top of the documented range and shares of revenue raise it above the implied figure.',
    below: 'Deals in default earn nothing while they still count in the balance.',
  },
  {
    name: 'Mean price of AID',
    column: 'outcomes.meanPrice',
    fact: '1 USD at the issuer for whitelisted users, 10 basis points less when selling; no market series is published',
    value: 1,
    source: 'docs.gaib.ai; sell fee as seen on 2026-03-23',
    agrees: 'Redemption at one dollar anchors the market.',
    above:
      'Above a dollar the mint is the anchor: whitelisted users must see enough profit to mint and sell, so a small premium stays.',
    below:
      'The pool is the only door of most holders. Sellers pay its fee and impact; the redemption fee of 10 basis points and the hurdle of arbitrageurs leave it a little under par.',
  },
  {
    name: 'Lowest 24-hour average price of AID',
    column: 'outcomes.minimumTwap24h',
    fact: 'No fall is known; no market series is published',
    value: null,
    source: 'no price series of AID was found',
    agrees: 'Nothing published to hold it against: the silence of the sources is no proof of calm.',
    above: '',
    below: '',
  },
  {
    name: 'Liquid assets over all assets at the end',
    column: 'outcomes.liquidAtEnd',
    fact: 'About 30 % of the fund in Treasuries as designed; 71 % of all assets in October 2025',
    value: 0.3,
    source: 'docs-lab.gaib.cloud; press, October 2025. The composition in 2026 is not published',
    agrees: 'The liquid share lies near the designed buffer; bear in mind that it covers AID outside the vault too.',
    above: 'The run counts what covers AID outside the vault too, and keeps cash ready for exits that wait.',
    below: 'Deals have grown against a shrinking supply, or exits have eaten the liquid part first.',
  },
  {
    name: 'Deals in default since the start',
    column: 'outcomes.defaults',
    fact: 'No default is known',
    value: 0,
    source: 'monthly surveillance reports are not public; nothing in the press by July 2026',
    agrees: 'A year without a default is well within what the run shows.',
    above:
      'Nine months without a known default are weak evidence: a yearly probability of 4 % a borrower (the long-run rate of speculative grade) fits them, and the run adds what falling rents do.',
    below: '',
  },
]
