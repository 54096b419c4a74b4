/** W1 and W2: the kernel beside C++, in turns within the same minute, each result held to its true value. */
import { mean, median, type Report } from './report.ts'
import { compile, reportOf, reportOfKernel } from './yardsticks.ts'

interface Truth {
  readonly value: number
  /** Standard error of the value itself. */
  readonly error: number
  /** Standard deviation of the estimate of one run. */
  readonly deviation: number
}

interface Comparison {
  readonly workload: string
  readonly yardstick: string
  readonly words: string
  /** Rate of the kernel over that of C++ that is asked for. */
  readonly target: number
  readonly truths: Readonly<Record<string, Truth>>
  readonly limits: string
}

const repetitions = 7
/** Standard errors that a mean may lie off: one false alarm in 16,000 results, and the seeds are fixed. */
const tolerated = 4

const comparisons: readonly Comparison[] = [
  {
    workload: 'W1',
    yardstick: 'market',
    words: '10,000 paths x 365 steps of four correlated factors with jumps',
    target: 0.6,
    // The mean in closed form; quantile and tail mean from a million paths by another program.
    truths: {
      mean: { value: -0.1595, error: 0.00005, deviation: 0.0028 },
      var99: { value: 0.2796, error: 0.0005, deviation: 0.0047 },
      es99: { value: 0.3162, error: 0.0006, deviation: 0.006 },
    },
    limits:
      'the draws, three quarters of a step: integers and tables one by one, where C++ takes logarithms four abreast',
  },
  {
    workload: 'W2',
    yardstick: 'borrowers',
    words: '2,000 paths x 365 steps x 50 borrowers',
    target: 0.7,
    truths: {
      defaultRate: { value: 0.485, error: 0.001, deviation: 0.0102 },
      meanLoss: { value: 0.1286, error: 0.0005, deviation: 0.0031 },
      var99: { value: 0.436, error: 0.002, deviation: 0.0076 },
    },
    limits: 'the draws, half of a step and made for the defaulted too, and one exponential an agent and day',
  },
]

export function compareAll(): void {
  for (const comparison of comparisons) print(comparison)
}

function print({ workload, yardstick, words, target, truths, limits }: Comparison): void {
  console.log(`\n${workload} ${words}; one thread, ${repetitions} runs of each in turns`)
  const program = compile(yardstick)
  const kernel: Report[] = []
  const native: Report[] = []
  for (let seed = 1; seed <= repetitions; seed++) {
    kernel.push(reportOfKernel(workload, seed))
    if (program !== undefined) native.push(reportOf(program, [String(seed)]))
  }
  for (const runs of program === undefined ? [kernel] : [kernel, native]) {
    printRates(runs)
    for (const [name, truth] of Object.entries(truths)) printResult(name, truth, runs)
  }
  if (program === undefined) {
    console.log('  no g++ here: the C++ yardstick is left out')
    return
  }
  const ratio = (of: (reports: readonly Report[]) => number): string => (of(kernel) / of(native)).toFixed(2)
  console.log(
    `  kernel / C++: best ${ratio(best)}, median ${ratio(middle)}, ` +
      `by processor time ${ratio((runs) => Math.max(...runs.map(rateOfProcessor)))}; target ${target}`,
  )
  console.log(`  limited by ${limits}`)
}

const best = (reports: readonly Report[]): number => Math.max(...reports.map((report) => report.rate))
const middle = (reports: readonly Report[]): number => median(reports.map((report) => report.rate))
const rateOfProcessor = ({ rate, seconds, cpu_s }: Report): number => (rate * seconds) / cpu_s

function printRates(runs: readonly Report[]): void {
  const [{ impl, version, unit }] = runs
  const compilation = runs[0].jit_s === undefined ? '' : `; compilation ${runs[0].jit_s.toFixed(2)} s apart`
  console.log(
    `  ${impl} ${version}: best ${(best(runs) / 1e6).toFixed(1)} M ${unit}, median ${(middle(runs) / 1e6).toFixed(1)} M${compilation}`,
  )
}

/** @throws Error when the mean of all runs lies further from the truth than chance allows */
function printResult(name: string, { value, error, deviation }: Truth, runs: readonly Report[]): void {
  const found = mean(runs.map((run) => run.results[name]))
  const allowed = tolerated * Math.sqrt(error * error + (deviation * deviation) / runs.length)
  const words = `${name} ${found.toFixed(4)}, true ${value}, allowed +-${allowed.toFixed(4)}`
  if (!(Math.abs(found - value) <= allowed)) throw new Error(`${runs[0].workload} ${runs[0].impl}: ${words}`)
  console.log(`    ${words}`)
}
