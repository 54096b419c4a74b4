/** Numbers that must be the same bits on every engine; runs on Node and in a page alike. */
import { record } from '../../models/record.ts'
import { fromLibrary, loader } from '../../scenarios/library.ts'
import { planOf, resolveScenario } from '../../scenarios/scenario.ts'
import { economy } from '../../sim/host/model.ts'
import type { simulateOver } from '../../sim/host/schedule.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import { cos, exp, expm1, log, log1p, pow, sin } from '../../sim/kernel/maths/elementary.ts'
import { normalQuantile } from '../../sim/kernel/maths/normal.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import { fillShocks, seedStream } from '../../sim/kernel/random/streams.ts'
import type { RecordDeclaration } from '../../sim/kernel/record.ts'

type Simulate = (
  economy: Economy,
  plan: Plan,
  record: RecordDeclaration,
  options: { paths: number; threads: number; batch: number },
) => ReturnType<typeof simulateOver>

/** Name of a column → its numbers as hexadecimal digits of their bits. */
export type Bits = Readonly<Record<string, readonly string[]>>

function bitsOf(values: ArrayLike<number>): string[] {
  const words = new BigUint64Array(Float64Array.from(values).buffer)
  return Array.from(words, (word) => word.toString(16).padStart(16, '0'))
}

/** Outcomes and fans of the first paths of a scenario of the library. */
export async function runBits(
  simulate: Simulate,
  scenario: string,
  run: { readonly paths: number; readonly days: number; readonly threads: number; readonly batch: number },
): Promise<Bits> {
  const { text, file } = fromLibrary(scenario)
  const noFiles = loader((path) => {
    throw new Error(`no files here: ${path}`)
  })
  const { paths, days, threads, batch } = run
  const plan = planOf(resolveScenario(text, file, noFiles, { paths, days }, economy), economy)
  const { outcomes, fans } = await simulate(economy, plan, record, { paths, threads, batch })
  return Object.fromEntries([
    ...Object.entries(outcomes).map(([name, values]) => [name, bitsOf(values)]),
    ...fans.map(({ name, values }) => [`fan of ${name}`, bitsOf(values)]),
  ])
}

/** Values of the kernel's functions, at arguments made from small whole numbers by exact steps. */
export function functionBits(): Bits {
  const count = 5000
  const at = (f: (x: number, i: number) => number, from: number, to: number): string[] =>
    bitsOf(Array.from({ length: count }, (_, i) => f(from + ((to - from) * i) / count, i)))
  const bits: Record<string, readonly string[]> = {
    exp: at(exp, -745, 710),
    expm1: at(expm1, -40, 40),
    log: at(log, 1e-3, 1e6),
    log1p: at(log1p, -0.999, 20),
    pow: at((x, i) => pow(x, (i % 211) / 13 - 8), 1e-3, 30),
    cos: at(cos, -50, 50),
    sin: at(sin, -50, 50),
    normalQuantile: at((p) => normalQuantile(p + 1e-9), 0, 1),
  }
  const words = new Int32Array(4)
  seedStream(words, 0, 20261122, 4711, 5, 6, 7, 0)
  const draws = (law: 'normal' | 'uniform'): string[] => {
    const column = new Float64Array(count)
    fillShocks(words, Int32Array.of(0), 1, 1, [{ law, each: count, column }])
    return bitsOf(column)
  }
  bits['normal draws'] = draws('normal')
  bits['uniform draws'] = draws('uniform')
  return bits
}
