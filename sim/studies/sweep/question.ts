/** The question of a sweep: every cell with its plan, all on the luck of the scenario. */
import { choicesOf, dialOf, type Turn, turned } from '../../../scenarios/dials.ts'
import { planOf, type Scenario } from '../../../scenarios/scenario.ts'
import { cellsOf, dialsOf, type SweepDesign, type SweepWish } from '../../../scenarios/sweep.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import type { Plan } from '../../kernel/plan.ts'
import { Simulator } from '../../kernel/simulator.ts'

export interface SweptDial {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  readonly isChoice: boolean
  /** What the scenario itself sets; null where rows of a table differ. */
  readonly value: number | string | null
}

export interface SweepCell {
  readonly dials: Turn
  readonly plan: Plan
}

export interface SweepQuestion {
  readonly design: SweepDesign['kind']
  readonly dials: readonly SweptDial[]
  readonly cells: readonly SweepCell[]
  /** The scenario as it is, against which every cell is held. */
  readonly base: Plan
  /** The cell that is the scenario as it is; null where none is. */
  readonly reference: number | null
  /** Names of the metrics that are answered, in order; none = all of the laboratory. */
  readonly metrics: readonly string[]
  readonly paths: number
  readonly confidence: number
}

/** The most paths of a sweep, all cells together: about a day on one core at the length of the base scenario. */
export const mostSweptPaths = 10_000_000

/** Cells that are opened before anything is simulated, so that an impossible one is found at once. */
const mostOpened = 64

/**
 * @throws InputError naming the cell that the economy refuses, or the size of a sweep that is too large
 */
export function sweepQuestion(
  scenario: Scenario,
  economy: Economy,
  { design, metrics }: SweepWish,
  confidence: number,
): SweepQuestion {
  const turns = cellsOf(design)
  requireSize(turns.length, scenario.paths)
  const base = planOf(scenario, economy)
  const dials = dialsOf(design).map((name) => sweptDial(scenario, economy, name))
  const cells = turns.map((turn, cell) => ({ dials: turn, plan: planOfCell(scenario, economy, turn, cell, base) }))
  const step = Math.max(1, Math.ceil(cells.length / mostOpened))
  for (let cell = 0; cell < cells.length; cell += step)
    inCell(cells[cell].dials, cell, () => new Simulator(economy, cells[cell].plan, 1))
  const same = turns.findIndex((turn) => dials.every(({ name, value }) => turn[name] === value))
  return {
    design: design.kind,
    dials,
    cells,
    base,
    reference: same < 0 ? null : same,
    metrics,
    paths: scenario.paths,
    confidence,
  }
}

function requireSize(cells: number, paths: number): void {
  if (cells * paths <= mostSweptPaths) return
  const fit = Math.floor(mostSweptPaths / cells)
  throw new InputError(
    `${cells} cells of ${paths} paths are ${cells * paths} paths; at most ${mostSweptPaths} are swept: give --paths ${fit} or fewer, or fewer cells`,
  )
}

function planOfCell(scenario: Scenario, economy: Economy, turn: Turn, cell: number, base: Plan): Plan {
  // What moves over time is the same in every cell; one copy serves them all.
  const { levers } = base
  return inCell(turn, cell, () => ({ ...planOf({ ...turned(scenario, turn, economy), shocks: [] }, economy), levers }))
}

/** 'cell 3 (aidPool.depth = 1000000, deals.firstLoss = 0.1)' */
export function cellName(turn: Turn, cell: number): string {
  const dials = Object.entries(turn).map(([name, value]) => `${name} = ${value}`)
  return `cell ${cell} (${dials.join(', ')})`
}

/** Runs what may refuse a cell. @throws InputError that names the cell */
export function inCell<T>(turn: Turn, cell: number, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${cellName(turn, cell)}: ${error.message}`)
    throw error
  }
}

function sweptDial(scenario: Scenario, economy: Economy, name: string): SweptDial {
  const choices = choicesOf(economy, name)
  if (choices === null) {
    const { unit, meaning, value } = dialOf(scenario, economy, name)
    return { name, unit, meaning, isChoice: false, value }
  }
  const [room, parameter, ...row] = name.split('.')
  const declared = economy.rooms[room].parameters as Record<string, { meaning: string; value: number | string }>
  if (row.length > 0)
    return { name, unit: 'text', meaning: `One of ${choices.join(', ')}`, isChoice: true, value: null }
  const { meaning, value } = declared[parameter]
  return { name, unit: 'text', meaning, isChoice: true, value: scenario.parameters[room]?.[parameter] ?? value }
}
