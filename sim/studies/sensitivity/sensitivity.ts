/**
 * Which dials matter: one at a time from end to end (tornado), by elementary effects over the whole box (Morris), and by shares
 * of variance (Sobol). Cells that are compared share the luck of the same paths, so what differs between them is due to the
 * dials; each trajectory and each row has luck of its own, so that the luck averages out over them. The noise that is left is
 * taken out, and a dummy that turns nothing but the luck shows whether that has worked.
 */
import type { Laboratory } from '../laboratory.ts'
import { counted } from '../numberWords.ts'
import type { SensitivityAnswer, SensitivityOfMetric } from './answer.ts'
import { Cells } from './cells.ts'
import { indicesOf, sobolCells } from './indices.ts'
import { checkQuestion, type SensitivityQuestion } from './question.ts'
import type { DialRange } from './ranges.ts'
import { morrisCells, screeningOf } from './screening.ts'
import { statisticText } from './statistic.ts'
import { tablesOf } from './tables.ts'
import { tornadoCells, tornadoOf } from './tornado.ts'

/**
 * @throws InputError for a question that cannot be asked, naming what and what would be right
 */
export async function sensitivity(question: SensitivityQuestion, laboratory: Laboratory): Promise<SensitivityAnswer> {
  const studied = checkQuestion(question, laboratory.metrics)
  const { scenario, dials, methods } = question
  const cells = new Cells(laboratory, scenario, studied)
  laboratory.say(costWords(question))
  const [bars, effects] = await Promise.all([
    methods.includes('tornado') ? tornadoCells(question, cells) : null,
    methods.includes('morris') ? morrisCells(question, cells) : null,
  ])
  const screenings = effects && studied.map((_, m) => screeningOf(question, effects[m]))
  const kept = keptDials(
    question,
    screenings?.map((one) => one.dials.map(({ dial, muStar }) => [dial, muStar.told ? muStar.value : 0])),
  )
  if (methods.includes('sobol') && kept.length < dials.length)
    laboratory.say(`Sobol indices of ${kept.map(({ name }) => name).join(', ')}`)
  const runs = methods.includes('sobol') ? await sobolCells(question, kept, cells) : null
  const metrics = studied.map((one, m): SensitivityOfMetric => {
    const { metric, statistic } = one
    const { name, meaning, unit, bad } = metric
    return {
      ...{ name, meaning, unit, bad, statistic: statisticText(statistic) },
      tornado: bars && tornadoOf(question, one, bars[m]),
      morris: screenings?.[m] ?? null,
      sobol: runs && indicesOf(question, kept, statistic, runs[m]),
    }
  })
  return {
    kind: 'sensitivity',
    scenario: scenario.name,
    dials,
    kept: runs ? kept.map(({ name }) => name) : [],
    design: designOf(question, cells),
    metrics,
    tables: tablesOf(metrics, studied, cells.read),
  }
}

/** The dials with the largest mu* that is told from zero, over the metric's largest, of any metric; all dials without a screening. */
function keptDials(
  { dials, keep }: SensitivityQuestion,
  screenings: readonly (readonly (readonly [string, number | null])[])[] | undefined,
): readonly DialRange[] {
  if (!screenings) return dials
  const scores = new Map(dials.map(({ name }) => [name, 0]))
  for (const screening of screenings) {
    const largest = Math.max(...screening.map(([, muStar]) => muStar ?? 0))
    if (!(largest > 0)) continue
    for (const [name, muStar] of screening) {
      scores.set(name, Math.max(scores.get(name) ?? 0, (muStar ?? 0) / largest))
    }
  }
  const best = [...scores].sort((a, b) => b[1] - a[1]).slice(0, keep)
  const chosen = new Set(best.map(([name]) => name))
  return dials.filter(({ name }) => chosen.has(name))
}

interface Cost {
  readonly cells: number
  readonly paths: number
}

/** What each method costs. */
export function costOf(question: SensitivityQuestion): Partial<Record<SensitivityQuestion['methods'][number], Cost>> {
  const { dials, methods, keep, paths, tornadoPaths, trajectories, rows } = question
  const indexed = methods.includes('morris') ? Math.min(keep, dials.length) : dials.length
  const cost = (cells: number, each: number): Cost => ({ cells, paths: cells * each })
  return {
    ...(methods.includes('tornado') && { tornado: cost(1 + 2 * dials.length, tornadoPaths) }),
    ...(methods.includes('morris') && { morris: cost(trajectories * (dials.length + 2), paths) }),
    ...(methods.includes('sobol') && { sobol: cost(rows * (indexed + 3), paths) }),
  }
}

function costWords(question: SensitivityQuestion): string {
  const parts = Object.entries(costOf(question))
  const total = parts.reduce((sum, [, { paths }]) => sum + paths, 0)
  const each = parts.map(([method, { cells, paths }]) => `${method} ${counted(cells)} cells with ${counted(paths)}`)
  return `${counted(total)} paths of ${question.scenario.days} days to simulate: ${each.join(', ')}`
}

function designOf(question: SensitivityQuestion, { read }: Cells): SensitivityAnswer['design'] {
  const { methods, paths, tornadoPaths, trajectories, rows, replicates, confidence } = question
  const simulatedPaths = read.reduce((sum, place) => sum + place.paths, 0)
  return {
    ...{ methods, paths, tornadoPaths, trajectories, rows, replicates, confidence },
    cells: read.length,
    simulatedPaths,
  }
}
