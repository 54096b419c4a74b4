/**
 * Rules for other instruments, beside which buffers are shown. None of them binds AID or sAID: an AID backed by loans cannot be a
 * payment stablecoin, and a fund such as sAID is under other rules. They are benchmarks only.
 */

/** How settled a rule is, for the instruments that it is made for. */
export type BenchmarkStatus = 'in force' | 'proposed'

/** Figures of an opening balance that benchmarks speak of. */
export type BenchmarkFigure = 'cashShare' | 'dailyLiquidity' | 'weeklyLiquidity' | 'maturity' | 'ownFunds'

export interface Benchmark {
  readonly name: string
  readonly meaning: string
  readonly figure: BenchmarkFigure
  readonly unit: '1' | 'days'
  /** least: at least this much is asked; most: at most. */
  readonly kind: 'least' | 'most'
  readonly value: number
  readonly status: BenchmarkStatus
  readonly source: string
  /** ISO date, or as exact as is known. */
  readonly date: string
}

const mica = 'Regulation (EU) 2023/1114 (MiCA)'
const occ = 'OCC notice of proposed rulemaking under the GENIUS Act, Federal Register 2026-04089'

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'MiCA deposits',
    meaning: 'Bank deposits, as a share of what an asset-referenced token references; here of the reserve',
    figure: 'cashShare',
    unit: '1',
    kind: 'least',
    value: 0.3,
    status: 'in force',
    source: `${mica}, Article 36(4)(d)`,
    date: '2023-05-31',
  },
  {
    name: 'MiCA deposits, significant',
    meaning: 'Bank deposits, as a share of what a significant token references; here of the reserve',
    figure: 'cashShare',
    unit: '1',
    kind: 'least',
    value: 0.6,
    status: 'in force',
    source: `${mica}, Article 45(7)(b)`,
    date: '2023-05-31',
  },
  {
    name: 'MiCA own funds',
    meaning:
      'Own funds as a share of the reserve (at least 350,000 euros, or a quarter of overheads, where those are more)',
    figure: 'ownFunds',
    unit: '1',
    kind: 'least',
    value: 0.02,
    status: 'in force',
    source: `${mica}, Article 35`,
    date: '2023-05-31',
  },
  {
    name: 'MiCA own funds, significant',
    meaning: 'Own funds as a share of the reserve of a significant token',
    figure: 'ownFunds',
    unit: '1',
    kind: 'least',
    value: 0.03,
    status: 'in force',
    source: `${mica}, Article 45(5)`,
    date: '2023-05-31',
  },
  {
    name: 'OCC daily liquidity',
    meaning: 'Share of the reserve that is liquid within a day',
    figure: 'dailyLiquidity',
    unit: '1',
    kind: 'least',
    value: 0.1,
    status: 'proposed',
    source: occ,
    date: '2026-02-25',
  },
  {
    name: 'OCC weekly liquidity',
    meaning: 'Share of the reserve that is liquid within a week',
    figure: 'weeklyLiquidity',
    unit: '1',
    kind: 'least',
    value: 0.3,
    status: 'proposed',
    source: occ,
    date: '2026-02-25',
  },
  {
    name: 'OCC maturity',
    meaning: 'Weighted average maturity of the reserve',
    figure: 'maturity',
    unit: 'days',
    kind: 'most',
    value: 20,
    status: 'proposed',
    source: occ,
    date: '2026-02-25',
  },
]

/** A rule that would belong here, and why no number of it is given. */
export const leftOut =
  'Not shown: the European Banking Authority’s draft standard on the liquidity of reserves (EBA/RTS/2024/10 of 13 June 2024, under Article 36(4) of MiCA) sets least shares that mature within one and within five working days. When last looked up it was not adopted: the Commission wants changes, which the Authority opposed in its opinions of 10 October 2025. Its percentages could not be checked against the text and are therefore not quoted.'

/** What a benchmark needs to know of an opening balance, USD and days. */
export interface Balance {
  readonly usdc: number
  readonly cash: number
  readonly bills: number
  readonly liquid: number
  readonly liquidMaturity: number
  readonly billsWithinWeek: number
  readonly insurance: number
  readonly surplus: number
}

/** The economy's own figures; liquid assets are the reserve, deals are not. Null where there is no reserve. */
export function figuresOf(balance: Balance): Readonly<Record<BenchmarkFigure, number | null>> {
  const { usdc, cash, bills, liquid, liquidMaturity, billsWithinWeek, insurance, surplus } = balance
  const share = (usd: number): number | null => (liquid > 0 ? usd / liquid : null)
  return {
    cashShare: share(cash),
    dailyLiquidity: share(cash + usdc),
    weeklyLiquidity: share(cash + usdc + bills * billsWithinWeek),
    maturity: liquid > 0 ? liquidMaturity : null,
    ownFunds: share(insurance + surplus),
  }
}

/** Rounding of sums: a figure that differs from a rule by less is equal to it. */
const rounding = 1e-9

/** Whether a figure meets a benchmark, to the last digit that it has: rules know no tolerance; null where there is no figure. */
export function meets({ kind, value }: Benchmark, figure: number | null): boolean | null {
  if (figure === null) return null
  return kind === 'least' ? figure >= value * (1 - rounding) : figure <= value * (1 + rounding)
}

/** 'at least 30 %' */
export function asksWords({ kind, value, unit }: Benchmark): string {
  return `${kind === 'least' ? 'at least' : 'at most'} ${inUnit(value, unit)}`
}

/** A figure with as many digits as it takes to see on which side of the rule it lies: 19.999 % is not 20 %. */
export function figureWords(benchmark: Benchmark, figure: number | null): string {
  if (figure === null) return '—'
  const met = meets(benchmark, figure)
  for (let digits = 3; digits < 9; digits++) {
    const shown = Number(figure.toPrecision(digits))
    if (meets(benchmark, shown) === met) return inUnit(shown, benchmark.unit)
  }
  return inUnit(figure, benchmark.unit)
}

function inUnit(value: number, unit: Benchmark['unit']): string {
  const [shown, sign] = unit === '1' ? [value * 100, '%'] : [value, unit]
  return `${Number(shown.toPrecision(9))}\u00a0${sign}`
}
