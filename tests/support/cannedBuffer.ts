/** Base, answered by hand: a path fails where a lognormal demand exceeds the buffer, and the yield falls with the buffer. */
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import type { Cell } from '../../sim/studies/laboratory.ts'
import type { SizeQuestion } from '../../sim/studies/size/question.ts'
import { type CountingLaboratory, cannedLaboratory } from './laboratory.ts'

export const { scenario: base } = askScenario('base', { set: [] }, model)

/** Lognormal with median .08 and sigma .9, and luck of the yield, by path. */
export function demandOf(path: number, experiment = 0): { readonly demand: number; readonly luck: number } {
  const side = new SideStream()
  side.open(20261122, 2, 0xb0ff, experiment, path, 0)
  return { demand: exp(log(0.08) + 0.9 * side.normal()), luck: side.normal() }
}

/** What the hand-made economy answers; the buffer costs 800 basis points from none to all, cash 50. */
function answer({ plan, from, to }: Cell): Record<string, Float64Array> {
  const { treasury, reserve, deals } = plan.parameters
  const buffer = Number(treasury['bufferShare'])
  const cash = Number(reserve['usdcTarget']) + Number(reserve['cashTarget'])
  const names = model.record.outcomes
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(to - from)]))
  for (let path = from; path < to; path++) {
    const { demand, luck } = demandOf(path)
    const i = path - from
    columns['outcomes.minimumTwap24h'][i] = demand > buffer + 0.2 * (cash - 0.275) ? 0.9 : 1
    columns['outcomes.netYield'][i] = 0.12 - 0.08 * buffer - 0.005 * cash + 0.01 * luck * (1 - buffer)
    columns['outcomes.requiredLiquid'][i] = demand
    columns['outcomes.lossOfSaid'][i] = 1e6 * Math.max(0, demand - 0.3 - Number(deals['firstLoss']))
    columns['outcomes.lossOfLenders'][i] = 5e4
  }
  return columns
}

/** @param change what an answer is turned into */
export function cannedBuffer(
  change: (columns: Record<string, Float64Array>, cell: Cell) => void = () => {},
): CountingLaboratory {
  return cannedLaboratory(model.economy, model.metrics, (cell) => {
    const columns = answer(cell)
    change(columns, cell)
    return columns
  })
}

export function sizeQuestion(changes: Partial<SizeQuestion> = {}): SizeQuestion {
  return {
    scenario: base,
    dial: 'reserveBuffer',
    limits: [0.01],
    confidence: 0.95,
    paths: 2000,
    wishes: {},
    firstLoss: [],
    firstLossPaths: 500,
    indifference: 25,
    ...changes,
  }
}
