/** A sweep: which values of which dials a scenario is simulated at. Every cell is the scenario with some dials turned. */
import { exp, log } from '../sim/kernel/maths/elementary.ts'
import { scrambledSobol } from '../sim/kernel/random/scrambledSobol.ts'
import type { Turn } from './dials.ts'

/** A dial with the values that it takes, in the order in which they are shown. */
export interface Axis {
  readonly dial: string
  readonly values: readonly (number | string)[]
}

/** A dial that takes any value between two. */
export interface SampledDial {
  readonly dial: string
  readonly from: number
  readonly to: number
  readonly scale: Spacing
  readonly integer: boolean
}

export type Spacing = 'linear' | 'log'

/**
 * grid: every combination, the last dial fastest. zip: the first values of all dials, the second ones, and so on. sobol:
 * points that fill the space evenly.
 */
export type SweepDesign =
  | { readonly kind: 'grid'; readonly axes: readonly Axis[] }
  | { readonly kind: 'zip'; readonly axes: readonly Axis[] }
  | {
      readonly kind: 'sobol'
      readonly dials: readonly SampledDial[]
      /** A power of two. */
      readonly points: number
      /** Seed of the scramble, which is no part of the luck of the economy. */
      readonly scramble: string
    }

export interface SweepWish {
  readonly design: SweepDesign
  /** Names of the metrics that are answered; none = those of the report, or all. */
  readonly metrics: readonly string[]
}

/** The most cells of a sweep. */
export const mostCells = 4096

/** Names of the dials that a design turns, in the order in which they were written. */
export function dialsOf(design: SweepDesign): readonly string[] {
  return (design.kind === 'sobol' ? design.dials : design.axes).map(({ dial }) => dial)
}

/** How many cells a design has. */
export function cellCount(design: SweepDesign): number {
  if (design.kind === 'sobol') return design.points
  if (design.kind === 'zip') return design.axes[0].values.length
  return design.axes.reduce((product, { values }) => product * values.length, 1)
}

/** The dials of every cell. A longer axis, more points or one more dial at the end leave the numbers of the others as they are. */
export function cellsOf(design: SweepDesign): readonly Turn[] {
  const cells = Array.from({ length: cellCount(design) }, (_, cell) => cell)
  if (design.kind === 'sobol') return cells.map((cell) => sampledTurn(design.dials, design.scramble, cell))
  return cells.map((cell) =>
    Object.fromEntries(design.axes.map(({ dial, values }, i) => [dial, values[indexOf(design, cell, i)]])),
  )
}

/** The place on an axis that a cell takes. */
function indexOf({ kind, axes }: Exclude<SweepDesign, { kind: 'sobol' }>, cell: number, axis: number): number {
  if (kind === 'zip') return cell
  const faster = axes.slice(axis + 1).reduce((product, { values }) => product * values.length, 1)
  return Math.floor(cell / faster) % axes[axis].values.length
}

function sampledTurn(dials: readonly SampledDial[], scramble: string, cell: number): Turn {
  const point = scrambledSobol(dials.length, scramble, cell)
  return Object.fromEntries(
    dials.map(({ dial, from, to, scale, integer }, i) => {
      const value = between(from, to, scale, point[i])
      return [dial, integer ? Math.round(value) : value]
    }),
  )
}

/** Values from one to another in even steps, or even ratios; both ends are among them. */
export function evenValues(from: number, to: number, steps: number, scale: Spacing): readonly number[] {
  return Array.from({ length: steps }, (_, i) => {
    if (i === 0) return from
    return i === steps - 1 ? to : between(from, to, scale, i / (steps - 1))
  })
}

/** The point at a share of the way, with the twelve digits that a person could have written. */
function between(from: number, to: number, scale: Spacing, share: number): number {
  const value = scale === 'log' ? exp(log(from) + share * (log(to) - log(from))) : from + share * (to - from)
  return Math.min(to, Math.max(from, Number(value.toPrecision(12))))
}
