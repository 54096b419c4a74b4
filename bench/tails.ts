/** `node bench/build/tails.js`: what a far tail of the base scenario costs by importance sampling, pilot and all, and by plain paths. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { model } from '../sim/host/model.ts'
import { askScenario } from '../sim/host/scenarioFiles.ts'
import { openLaboratory } from '../sim/host/study/hostLaboratory.ts'
import { normalQuantile } from '../sim/kernel/maths/normal.ts'
import type { Laboratory } from '../sim/studies/laboratory.ts'
import type { Finding } from '../sim/studies/tails/methods.ts'
import { standardSizes, type TailsQuestion } from '../sim/studies/tails/question.ts'
import { byImportance } from '../sim/studies/tails/tails.ts'

const threads = Math.min(2, availableParallelism())
/** Plain paths whose time stands for that of all. */
const timedPaths = 1000
const { plan, model: kept } = askScenario('base', {}, model)

const questions: readonly (readonly [string, Omit<TailsQuestion, 'plan'>])[] = [
  ['P(saidLoss > 45 %)', { ...standardSizes, metric: 'saidLoss', beyond: 0.45 }],
  ['99.9 % expected shortfall of saidLoss', { ...standardSizes, metric: 'saidLoss', level: 0.999, pilotPaths: 300 }],
]

/** Runs in threads and a folder of its own. @returns seconds by the clock on the wall */
async function timed<T>(work: (laboratory: Laboratory) => Promise<T>): Promise<{ value: T; seconds: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'aidlab-bench-'))
  const from = performance.now()
  const laboratory = openLaboratory(
    kept,
    folder,
    { threads },
    () => {},
    () => {},
  )
  try {
    return { value: await work(laboratory), seconds: (performance.now() - from) / 1000 }
  } finally {
    await laboratory.close()
    rmSync(folder, { recursive: true })
  }
}

/** Plain paths that have an interval of the wanted precision, by the variance that the weighted paths say plain ones have. */
function plainPaths({ tail }: Finding, { precision, confidence }: Omit<TailsQuestion, 'plan'>): number {
  const half = normalQuantile((1 + confidence) / 2) / (precision * tail.value)
  return Math.ceil(tail.plainVariance * half * half)
}

console.log(`Tails of the base scenario, ${plan.days} days of ${plan.ticksPerDay} ticks, ${threads} threads`)
const plain = await timed(({ simulate }) => simulate({ plan, from: 0, to: timedPaths }))
console.log(`  plain simulation: ${timedPaths} paths in ${plain.seconds.toFixed(1)} s`)
for (const [words, question] of questions) {
  const { value: found, seconds } = await timed((laboratory) => byImportance({ plan, ...question }, laboratory))
  if (found === null) throw new Error(`no luck was found that leads to ${words}`)
  const { value, lower, upper, tailPaths } = found.tail
  const needed = plainPaths(found, question)
  const plainSeconds = (needed * plain.seconds) / timedPaths
  console.log(
    `  ${words}: ${value.toPrecision(4)} (${lower.toPrecision(4)} to ${upper.toPrecision(4)}), ±${((50 * (upper - lower)) / value).toFixed(1)} %`,
  )
  console.log(
    `    ${found.paths} paths after a pilot of ${found.pilotPaths}, worth ${tailPaths.toFixed(0)} in the tail: ${seconds.toFixed(1)} s, pilot included`,
  )
  console.log(
    `    weights: mean ${found.weights?.mean.toFixed(3)} ± ${found.weights?.meanStandardError.toFixed(3)}, largest ${found.weights?.largest.toFixed(2)}, worth ${found.weights?.effectiveSampleSize.toFixed(0)} paths`,
  )
  console.log(
    `    plain paths for ±${100 * question.precision} %: ${needed}, ${plainSeconds.toFixed(0)} s: ${(plainSeconds / seconds).toFixed(1)} times as long`,
  )
}
