/** What a program of the benchmark prints: one line of JSON, the same in C++ and here. */
export interface Report {
  readonly workload: string
  readonly impl: string
  readonly version: string
  readonly threads: number
  readonly paths: number
  readonly steps: number
  readonly agents?: number
  /** Simulation and quantile, by the wall clock; without start, import and compilation. */
  readonly seconds: number
  /** The same by the clock of the process, which stands still while others have the core. */
  readonly cpu_s: number
  /** What the first run takes above the second one: compilation. */
  readonly jit_s?: number
  readonly rate: number
  readonly unit: string
  readonly results: Readonly<Record<string, number>>
}

export interface Timed<T> {
  readonly value: T
  readonly seconds: number
  readonly cpu: number
}

/** Runs once, by both clocks. */
export function timed<T>(run: () => T): Timed<T> {
  const cpu = process.cpuUsage()
  const from = performance.now()
  const value = run()
  const seconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { value, seconds, cpu: (user + system) / 1e6 }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Linearly interpolated quantile (Hyndman and Fan, type 7) of an ascending column, as the yardsticks take it. */
export function interpolatedQuantile(sorted: Float64Array, probability: number): number {
  const rank = probability * (sorted.length - 1)
  const below = Math.min(Math.floor(rank), sorted.length - 2)
  return sorted[below] + (rank - below) * (sorted[below + 1] - sorted[below])
}
