/** W3: a million exchanges on the curve of the simulation, and on its exact twin, whose balances must agree to the last digit. */
import { median, timed } from './report.ts'
import { floatTrades, runExact, runFloat } from './workloads/stableswap.ts'

const trades = 1_000_000
/** Balances after a million exchanges in 1e-18 tokens, by three implementations in integers. */
const truth: readonly [bigint, bigint] = [1908654855825622541417669n, 2092163910977508525693318n]
/** Doubles keep 16 digits of a balance; a million trades lose a few of them. */
const tolerance = 1e-12

export function printSwaps(): void {
  const stream = floatTrades(trades)
  runFloat(stream)
  const runs = Array.from({ length: 7 }, () => timed(() => runFloat(stream)))
  const exact = timed(() => runExact(trades))
  for (const side of [0, 1] as const) {
    const off = Math.abs(runs[0].value[side] / (Number(truth[side]) / 1e18) - 1)
    if (!(off <= tolerance)) throw new Error(`W3: float balance ${side} is off by ${off}, allowed ${tolerance}`)
    if (exact.value[side] !== truth[side]) {
      throw new Error(`W3: exact balance ${side} is ${exact.value[side]}; it must be ${truth[side]}`)
    }
  }
  const rate = (seconds: number): string => `${(trades / seconds / 1e6).toFixed(2)} M swaps/s`
  const times = runs.map((run) => run.seconds)
  console.log(`\nW3 StableSwap, ${trades} exchanges; final balances agree`)
  console.log(`  float  best ${rate(Math.min(...times))}, median ${rate(median(times))}`)
  console.log(`  exact  ${rate(exact.seconds)}, to the last digit`)
}
