/** The grammar of `sweep`: which dials, which values, which metrics; every name and value checked where it stands. */
import type { Economy } from '../sim/kernel/economy.ts'
import { seedKey } from '../sim/kernel/random/seed.ts'
import { sobolDimensions } from '../sim/kernel/random/sobol.ts'
import { choicesOf, type Dial, dialOf, turned } from './dials.ts'
import { metricNames } from './keeping.ts'
import {
  type Entry,
  fail,
  fields,
  items,
  jsonOf,
  numberOf,
  placed,
  shown,
  type Tree,
  textOf,
  wholeOf,
} from './positions.ts'
import type { Scenario } from './scenario.ts'
import {
  type Axis,
  cellCount,
  evenValues,
  mostCells,
  type SampledDial,
  type Spacing,
  type SweepDesign,
  type SweepWish,
} from './sweep.ts'

export const sweepKeys = ['grid', 'zip', 'sobol', 'metrics'] as const
export const rangeKeys = ['from', 'to', 'steps', 'scale'] as const
export const sobolKeys = ['dials', 'points', 'scramble'] as const
export const sampledKeys = ['from', 'to', 'scale'] as const
export const spacings = ['linear', 'log'] as const

const designKeys = ['grid', 'zip', 'sobol'] as const

/**
 * Reads `sweep`.
 * @param scenario what the dials are turned in, so that a value is checked as if the scenario itself set it
 * @throws InputError with the place of what is wrong
 */
export function readSweep(tree: Tree, scenario: Scenario, economy: Economy): SweepWish {
  const found = fields(tree, 'sweep', sweepKeys)
  const given = designKeys.filter((key) => found.has(key))
  if (given.length === 0)
    fail(tree.place, 'sweep names no cells; write grid: { aidPool.depth: [1e6, 2e6, 4e6] }, zip: {…} or sobol: {…}')
  if (given.length > 1)
    fail((found.get(given[1]) as Entry).place, `sweep has ${given.join(' and ')}; keep one of grid, zip and sobol`)
  const [kind] = given
  const entry = found.get(kind) as Entry
  const design = kind === 'sobol' ? sobolOf(entry, scenario, economy) : axesOf(kind, entry, scenario, economy)
  const wished = found.get('metrics')
  return { design, metrics: wished ? metricNames(wished.value, 'sweep.metrics') : [] }
}

function axesOf(kind: 'grid' | 'zip', { value, place }: Entry, scenario: Scenario, economy: Economy): SweepDesign {
  const axes = dialBlock(value, kind).map((entry) => axisOf(entry, scenario, economy))
  const design = { kind, axes }
  const [first] = axes
  const odd = kind === 'zip' ? axes.findIndex(({ values }) => values.length !== first.values.length) : -1
  if (odd > 0) {
    const { dial, values } = axes[odd]
    fail(
      place,
      `zip pairs ${values.length} values of ${dial} with ${first.values.length} of ${first.dial}; give every dial as many`,
    )
  }
  const cells = cellCount(design)
  if (cells > mostCells)
    fail(
      place,
      `the ${kind} has ${cells} cells; at most ${mostCells} are possible: leave values out, or sample with sobol`,
    )
  return design
}

function dialBlock(tree: Tree, noun: string): readonly Entry[] {
  if (tree.kind !== 'block' || tree.entries.length === 0)
    fail(tree.place, `${noun} must be a block of dials, such as aidPool.depth: [1e6, 2e6, 4e6]`)
  return tree.entries
}

function axisOf({ key, place, value }: Entry, scenario: Scenario, economy: Economy): Axis {
  const choices = placed(place, () => choicesOf(economy, key))
  const dial = choices ? undefined : placed(place, () => dialOf(scenario, economy, key))
  if (value.kind === 'block') {
    if (choices) fail(value.place, `${key} is a choice of ${choices.join(', ')}; list the ones that are wanted`)
    return { dial: key, values: rangeOf(key, value, dial as Dial, scenario, economy) }
  }
  const listed = items(value, key, 'value')
  if (listed.length === 0) fail(value.place, `${key} has no values; list one or more`)
  const seen = new Set<unknown>()
  const values = listed.map((item) => {
    const one = checkedValue(key, item, scenario, economy)
    if (seen.has(one)) fail(item.place, `${key} takes ${shown(item)} twice; keep one`)
    seen.add(one)
    return one
  })
  return { dial: key, values }
}

function checkedValue(name: string, tree: Tree, scenario: Scenario, economy: Economy): number | string {
  const value = jsonOf(tree)
  if (typeof value !== 'number' && typeof value !== 'string')
    fail(tree.place, `${name} takes ${shown(tree)}; it must be a number or one of its choices`)
  if (choicesOf(economy, name) === null) numberOf(tree, name)
  placed(tree.place, () => turned(scenario, { [name]: value }, economy))
  return value
}

function rangeOf(name: string, tree: Tree, dial: Dial, scenario: Scenario, economy: Economy): readonly number[] {
  const found = fields(tree, name, rangeKeys)
  const steps = wholeOf(needed(found, 'steps', name, tree), `steps of ${name}`, 2, mostCells)
  const { from, to, scale } = endsOf(name, found, tree, scenario, economy)
  const values = evenValues(from, to, steps, scale)
  const broken = dial.integer ? values.find((value) => !Number.isInteger(value)) : undefined
  if (broken !== undefined)
    fail(
      tree.place,
      `${name} takes whole numbers, and ${steps} steps from ${from} to ${to} pass through ${broken}; list the values instead`,
    )
  return values
}

type Fields = ReadonlyMap<string, Entry>

function endsOf(name: string, found: Fields, tree: Tree, scenario: Scenario, economy: Economy) {
  const end = (key: 'from' | 'to'): number => {
    const given = needed(found, key, name, tree)
    const value = numberOf(given, `${key} of ${name}`)
    placed(given.place, () => turned(scenario, { [name]: value }, economy))
    return value
  }
  const [from, to] = [end('from'), end('to')]
  const scale = spacingOf(found.get('scale'))
  if (from >= to) fail(tree.place, `${name} goes from ${from} to ${to}; from must be below to`)
  if (scale === 'log' && from <= 0)
    fail((found.get('from') as Entry).value.place, `from of ${name} is ${from}; a log scale begins above 0`)
  return { from, to, scale }
}

function spacingOf(entry: Entry | undefined): Spacing {
  if (entry === undefined) return 'linear'
  const text = textOf(entry.value, 'scale', spacings.join(' or '))
  if (text !== 'linear' && text !== 'log')
    fail(entry.value.place, `scale is ${text}; it must be ${spacings.join(' or ')}`)
  return text
}

function needed(found: Fields, key: string, noun: string, tree: Tree): Tree {
  const entry = found.get(key)
  if (entry === undefined)
    fail(tree.place, `${noun} has no ${key}; write { from: …, to: …, steps: … } or list the values`)
  return entry.value
}

function sobolOf({ value, place }: Entry, scenario: Scenario, economy: Economy): SweepDesign {
  const found = fields(value, 'sobol', sobolKeys)
  const dials = found.get('dials')
  if (dials === undefined)
    fail(place, 'sobol names no dials; write dials: { aidPool.depth: { from: 1e6, to: 8e6, scale: log } }')
  const sampled = dialBlock(dials.value, 'sobol.dials').map((entry) => sampledOf(entry, scenario, economy))
  if (sampled.length > sobolDimensions)
    fail(dials.place, `sobol has ${sampled.length} dials; at most ${sobolDimensions} are possible`)
  const scramble = found.get('scramble')
  return { kind: 'sobol', dials: sampled, points: pointsOf(found.get('points'), place), scramble: scrambleOf(scramble) }
}

function sampledOf({ key, place, value }: Entry, scenario: Scenario, economy: Economy): SampledDial {
  const { integer } = placed(place, () => dialOf(scenario, economy, key))
  const found = fields(value, key, sampledKeys)
  for (const end of ['from', 'to'] as const)
    if (!found.has(end)) fail(value.place, `${key} has no ${end}; write { from: …, to: …, scale: linear or log }`)
  return { dial: key, integer, ...endsOf(key, found, value, scenario, economy) }
}

function pointsOf(entry: Entry | undefined, place: string): number {
  if (entry === undefined) fail(place, 'sobol has no points; write how many, a power of two such as 16')
  const points = wholeOf(entry.value, 'points', 1, mostCells)
  if ((points & (points - 1)) === 0) return points
  let below = 1
  while (below * 2 < points) below *= 2
  fail(
    entry.value.place,
    `points is ${points}; it must be a power of two, such as ${below} or ${below * 2}: only then do Sobol points fill the space evenly`,
  )
}

function scrambleOf(entry: Entry | undefined): string {
  if (entry === undefined) return '1'
  const value = jsonOf(entry.value)
  if (typeof value !== 'number' && typeof value !== 'string')
    fail(entry.value.place, `scramble is ${shown(entry.value)}; it must be a whole number or a text`)
  placed(entry.value.place, () => seedKey(value))
  return String(value)
}
