/** One path in plain words: what happened on which day, read from its daily columns. */

export interface StoryEvent {
  readonly day: number
  readonly text: string
}

type Series = Readonly<Record<string, Float64Array>>

const dollars = (usd: number): string =>
  usd >= 1e6 ? `${(usd / 1e6).toFixed(2)} M USD` : `${(usd / 1e3).toFixed(0)} thousand USD`
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Calls `tell` on the days on which a growing counter has grown, with what was added and the new total. */
function growth(column: Float64Array, least: number, tell: (day: number, added: number, total: number) => void): void {
  let told = 0
  for (let day = 0; day < column.length; day++) {
    const added = column[day] - told
    if (added < least) continue
    tell(day, added, column[day])
    told = column[day]
  }
}

/** Calls `tell` when a column crosses below each level, once until it has risen above it by a tenth of its distance to 1. */
function falls(column: Float64Array, levels: readonly number[], tell: (day: number, level: number) => void): void {
  for (const level of levels) {
    const back = level + 0.1 * Math.abs(1 - level)
    let below = false
    for (let day = 0; day < column.length; day++) {
      if (!below && column[day] < level) tell(day, level)
      below = below ? column[day] < back : column[day] < level
    }
  }
}

/**
 * The events of a path in the order of days.
 * @param series one number a day for each story column
 */
export function tellStory(series: Series): StoryEvent[] {
  const events: StoryEvent[] = []
  const say = (day: number, text: string): void => {
    events.push({ day, text })
  }
  tellCredit(series, say)
  tellPeg(series, say)
  tellRun(series, say)
  return events.sort((a, b) => a.day - b.day)
}

type Say = (day: number, text: string) => void

function tellCredit(series: Series, say: Say): void {
  falls(series['gpuMarket.rentIndex'], [0.8, 0.6, 0.4], (day, level) => {
    say(day, `GPU rents have lost ${percent(1 - level)} of their level at the start.`)
  })
  growth(series['deals.dealsDefaulted'], 1, (day, added, total) => {
    const deals = added === 1 ? 'A deal defaults' : `${added} deals default`
    const share = series['deals.impairment'][day] / Math.max(1, series['deals.outstanding'][day])
    say(day, `${deals} (${total} so far); expected losses are ${percent(share)} of the book.`)
  })
  growth(series['deals.writtenOffTotal'], 50_000, (day, added) => {
    say(day, `${dollars(added)} of principal is written off.`)
  })
  falls(
    series['vault.drawdown'].map((fall) => 1 - fall),
    [0.98, 0.95, 0.9, 0.8, 0.6],
    (day, level) => say(day, `The exit NAV of sAID is ${percent(1 - level)} below its peak.`),
  )
}

function tellPeg(series: Series, say: Say): void {
  const price = series['outcomes.lowestPriceOfDay']
  falls(price, [0.995, 0.98, 0.95, 0.9, 0.8], (day, level) => {
    say(day, `AID trades below ${level} dollars (low of the day ${price[day].toFixed(4)}).`)
  })
  falls(series['reserve.usdcPrice'], [0.99, 0.95, 0.9], (day, level) =>
    say(day, `USDC itself trades below ${level} dollars.`),
  )
  falls(series['signals.coverage'], [1], (day) => {
    say(
      day,
      `Coverage falls below 1: liquid assets of ${dollars(series['reserve.liquid'][day])} stand against more claims.`,
    )
  })
  growth(series['aid.redemptionFailure'], 1, (day) =>
    say(day, 'A redemption of AID has stayed unpaid for more than two business days.'),
  )
  growth(series['aid.deficit'], 10_000, (day, _, total) =>
    say(day, `AID is no longer fully backed: ${dollars(total)} are missing.`),
  )
}

function tellRun(series: Series, say: Say): void {
  growth(series['holders.runnersTotal'], 5, (day, added) =>
    say(day, `${added} holders have decided to leave everything.`),
  )
  growth(series['lending.liquidations'], 1, (day, added) => {
    say(day, added === 1 ? 'A looper is liquidated.' : `${added} liquidations of loopers.`)
  })
  growth(series['lending.badDebt'], 1_000, (day, added) =>
    say(day, `Lenders are left with ${dollars(added)} of bad debt.`),
  )
  const pending = series['vault.pendingExits']
  for (const share of [0.1, 0.25, 0.5]) {
    const day = pending.findIndex((value, d) => value > share * series['aid.supply'][d])
    if (day >= 0)
      say(day, `Exits from sAID that wait reach ${percent(share)} of AID supply (${dollars(pending[day])}).`)
  }
  const overdue = series['vault.overdueDays']
  for (const days of [1, 30, 60]) {
    const day = overdue.findIndex((value) => value >= days)
    if (day >= 0)
      say(day, `The oldest exit from sAID is ${days === 1 ? 'past its due date' : `${days} days past its due date`}.`)
  }
  growth(
    series['outcomes.lowestPriceOfDay'].map((_, d) =>
      series['aidPool.invariant'][d] < 0.5 * series['aidPool.invariant'][0] ? 1 : 0,
    ),
    1,
    (day) => {
      say(day, 'Half of the liquidity of the AID pool is gone.')
    },
  )
}
