/**
 * `npm run bench:tails`: what a far tail of the base scenario costs by interacting particles, multilevel splitting and importance
 * sampling, pilots and all, and by plain paths.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { model } from '../sim/host/model.ts'
import { askScenario } from '../sim/host/scenarioFiles.ts'
import { openLaboratory } from '../sim/host/study/hostLaboratory.ts'
import { intervalOf } from '../sim/statistics/tailVariances.ts'
import type { Laboratory } from '../sim/studies/laboratory.ts'
import { runInteracting } from '../sim/studies/tails/interacting.ts'
import type { Finding } from '../sim/studies/tails/methods.ts'
import { type Asked, checkQuestion, standardSizes, type TailsQuestion } from '../sim/studies/tails/question.ts'
import { runSplitting } from '../sim/studies/tails/splitting.ts'
import { byImportance } from '../sim/studies/tails/tails.ts'

const threads = Math.min(2, availableParallelism())
/** Plain paths whose time stands for that of all: enough that starting and compiling hardly count. */
const timedPaths = 4000
/** Enough for the wanted ±10 % where a way gains; one that does not ends at what these paths give. */
const most = 60_000
const { plan, model: kept } = askScenario('base', {}, model)

const questions: readonly (readonly [string, Omit<TailsQuestion, 'plan'>])[] = [
  ['P(saidLoss > 45 %)', { ...standardSizes, most, metric: 'saidLoss', beyond: 0.45 }],
  ['99.9 % expected shortfall of saidLoss', { ...standardSizes, most, metric: 'saidLoss', level: 0.999 }],
]

type Way = (question: TailsQuestion, laboratory: Laboratory) => Promise<Finding | null>

type Multiplied = (question: TailsQuestion, asked: Asked, laboratory: Laboratory) => Promise<Finding | null>

const multiplied =
  (run: Multiplied): Way =>
  (question, laboratory) =>
    run(question, checkQuestion(question, laboratory.metrics), laboratory)

const allWays: readonly (readonly [string, Way])[] = [
  ['interacting particles', multiplied(runInteracting)],
  ['multilevel splitting', multiplied(runSplitting)],
  ['importance sampling', byImportance],
]

/** `npm run bench:tails -- interacting` measures the ways whose names begin so. */
const wanted = process.argv.slice(2)
const ways = allWays.filter(([name]) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))

interface Timed<T> {
  readonly value: T
  /** By the clock on the wall. */
  readonly seconds: number
  /** Of the processor, in all threads: what others have of the machine does not count. */
  readonly processorSeconds: number
}

/** Runs in threads and a folder of its own. */
async function timed<T>(work: (laboratory: Laboratory) => Promise<T>): Promise<Timed<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'aidlab-bench-'))
  const from = performance.now()
  const before = process.cpuUsage()
  const laboratory = openLaboratory(
    kept,
    folder,
    { threads },
    () => {},
    () => {},
  )
  try {
    const value = await work(laboratory)
    const { user, system } = process.cpuUsage(before)
    return { value, seconds: (performance.now() - from) / 1000, processorSeconds: (user + system) / 1e6 }
  } finally {
    await laboratory.close()
    rmSync(folder, { recursive: true })
  }
}

console.log(`Tails of the base scenario, ${plan.days} days of ${plan.ticksPerDay} ticks, ${threads} threads`)
const plain = await timed(({ simulate }) => simulate({ plan, from: 0, to: timedPaths }))
console.log(`  plain simulation: ${timedPaths} paths in ${timeText(plain)}`)
for (const [words, question] of questions) {
  console.log(`  ${words}`)
  for (const [name, way] of ways) await print(name, way, question)
}

async function print(name: string, way: Way, question: Omit<TailsQuestion, 'plan'>): Promise<void> {
  const spent = await timed((laboratory) => way({ plan, ...question }, laboratory))
  const found = spent.value
  if (found === null) return console.log(`    ${name}: found no way there`)
  const { value, lower, upper, tailPaths } = found.tail
  console.log(
    `    ${name}: ${value.toPrecision(4)} (${lower.toPrecision(4)} to ${upper.toPrecision(4)}), ±${((50 * (upper - lower)) / value).toFixed(1)} %, ` +
      `${found.paths} paths after a pilot of ${found.pilotPaths}, worth ${tailPaths.toFixed(0)} in the tail`,
  )
  if (found.weights) {
    const { mean, meanStandardError, largest, effectiveSampleSize } = found.weights
    console.log(
      `      weights: mean ${mean.toFixed(3)} ± ${meanStandardError.toFixed(3)}, largest ${largest.toFixed(2)}, worth ${effectiveSampleSize.toFixed(0)} paths`,
    )
  }
  console.log(
    `      ${timeText(spent)}, with the pilot; ${againstPlain(found, spent.processorSeconds, question.confidence)}`,
  )
}

/** Plain paths of the same variance, by what the weighted paths say of that of plain ones, and their time over that of the method. */
function againstPlain({ paths, variances }: Finding, seconds: number, confidence: number): string {
  const { gain } = variances().tail
  if (gain === null) return 'too few paths in the tail to tell what plain paths would need'
  const perPath = plain.processorSeconds / timedPaths
  const text = (times: number, digits: number): string => {
    const { value, lower, upper } = intervalOf({ ...gain, value: gain.value * times }, confidence)
    return `${value.toPrecision(digits)} (${lower.toPrecision(digits)} to ${upper.toPrecision(digits)})`
  }
  return `plain paths for the same variance: ${text(paths / 1000, 3)} thousand, ${text((paths * perPath) / seconds, 2)} times its processor seconds`
}

function timeText({ seconds, processorSeconds }: Omit<Timed<unknown>, 'value'>): string {
  return `${seconds.toFixed(1)} s (${processorSeconds.toFixed(1)} of the processor)`
}
