/** A sweep written on the command line: the same tree that a file gives, with the options as its places. */
import { type Entry, fail, type Place, readTree, type Tree } from '../../../scenarios/positions.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { SweepWish } from '../../../scenarios/sweep.ts'
import { readSweep } from '../../../scenarios/sweepGrammar.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import { listOption } from '../numberOptions.ts'

export interface SweepOptions {
  readonly grid: readonly string[]
  readonly zip: readonly string[]
  readonly sobol: readonly string[]
  readonly points?: string
  readonly scramble?: string
  readonly metrics?: string
}

/**
 * The sweep that is asked for: that of the options, or that of the file.
 * @throws InputError naming the option, or when neither names any cells
 */
export function wishOf(scenario: Scenario, economy: Economy, options: SweepOptions): SweepWish {
  const { points, scramble, metrics } = options
  const entries = designEntries(options)
  if (entries.length === 0) {
    const stray = points ?? scramble
    if (stray !== undefined)
      throw new InputError(
        `${points === undefined ? '--scramble' : '--points'} ${stray} goes with --sobol, such as --sobol aidPool.depth=1e6..8e6:log`,
      )
    return fromFile(scenario, metrics)
  }
  const all = metrics === undefined ? entries : [...entries, metricsEntry(metrics)]
  const wish = readSweep(block(entries[0].place, all), scenario, economy)
  return metrics === undefined ? { ...wish, metrics: scenario.sweep?.metrics ?? [] } : wish
}

function fromFile(scenario: Scenario, metrics: string | undefined): SweepWish {
  const { sweep, file } = scenario
  if (sweep === undefined) {
    throw new InputError(
      `${file} names no cells; add sweep: { grid: { aidPool.depth: [1e6, 2e6, 4e6] } } to it, or give --grid aidPool.depth=1e6,2e6,4e6`,
    )
  }
  return metrics === undefined ? sweep : { ...sweep, metrics: listOption('--metrics', metrics) ?? [] }
}

function designEntries({ grid, zip, sobol, points, scramble }: SweepOptions): readonly Entry[] {
  const found: Entry[] = []
  const add = (key: 'grid' | 'zip', given: readonly string[]): void => {
    if (given.length === 0) return
    const entries = given.map((option) => axisEntry(`--${key}`, option))
    refuseTwice(entries)
    found.push(entry(key, entries[0].place, block(entries[0].place, entries)))
  }
  add('grid', grid)
  add('zip', zip)
  if (sobol.length === 0) return found
  const dials = sobol.map((option) => axisEntry('--sobol', option))
  refuseTwice(dials)
  const [{ place }] = dials
  const inner = [entry('dials', place, block(place, dials))]
  if (points !== undefined) inner.push(scalarEntry('points', points, `--points ${points}:`))
  if (scramble !== undefined) inner.push(scalarEntry('scramble', scramble, `--scramble ${scramble}:`))
  return [...found, entry('sobol', place, block(place, inner))]
}

function refuseTwice(entries: readonly Entry[]): void {
  const twice = entries.find(({ key }, i) => entries.findIndex((other) => other.key === key) < i)
  if (twice) fail(twice.place, `${twice.key} is given twice; keep one`)
}

/** dial=1,2,3 or dial=from..to:steps:scale, steps and scale where they are wanted. */
function axisEntry(option: string, text: string): Entry {
  const place = `${option} ${text}:`
  const at = text.indexOf('=')
  const right =
    option === '--sobol' ? 'room.parameter=from..to or from..to:log' : 'room.parameter=1,2,3 or from..to:steps'
  if (at < 1 || at === text.length - 1) fail(place, `write ${right}`)
  const key = text.slice(0, at).trim()
  const values = text.slice(at + 1)
  const range = /^([^.]*(?:\.\d[^.]*)?)\.\.([^:]+)((?::[^:]+)*)$/.exec(values)
  if (range === null && values.split(',').some((value) => value.trim() === '')) {
    fail(place, 'between or after its commas a value is missing')
  }
  if (range === null) return entry(key, place, scalar(`[${values}]`, place))
  const entries = [scalarEntry('from', range[1], place), scalarEntry('to', range[2], place)]
  for (const word of range[3].split(':').slice(1)) {
    const isSteps = /^[\d.]+$/.test(word) && option !== '--sobol'
    entries.push(scalarEntry(isSteps ? 'steps' : 'scale', word, place))
  }
  return entry(key, place, block(place, entries))
}

function metricsEntry(names: string): Entry {
  const place = `--metrics ${names}:`
  const words = listOption('--metrics', names) ?? []
  return entry('metrics', place, scalar(`[${words.join(', ')}]`, place))
}

function entry(key: string, place: Place, value: Tree): Entry {
  return { key, place, value }
}

function block(place: Place, entries: readonly Entry[]): Tree {
  return { kind: 'block', place, entries }
}

function scalarEntry(key: string, text: string, place: Place): Entry {
  return entry(key, place, scalar(text, place))
}

function scalar(text: string, place: Place): Tree {
  return readTree(text, () => place)
}
