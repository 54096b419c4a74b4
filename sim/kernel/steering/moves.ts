/** Shifts and chances as tables by part of the mixture and day, one for each number of a shock that is moved. */
import type { Economy } from '../economy.ts'
import { log, log1p } from '../maths/elementary.ts'
import type { Plan } from '../plan.ts'
import type { Chance, MixturePart, Shift, Steering } from '../steering.ts'
import { numbersOf } from './names.ts'
import { type DrawLaw, probabilityOf, scoreOf, valueOfProbability, valueOfScore } from './scores.ts'

/** What happens to one number of a shock; every table has a place for each part and day. */
export interface Move {
  /** Shift of the mean, in standard deviations; 0 none. */
  readonly by: Float64Array
  /** Probability of the lowest and of the highest end whose probability is changed; 0 none. */
  readonly lowest: End
  readonly highest: End
  /** Log of the density over the ordinary one between the ends. */
  readonly logBetween: Float64Array
}

interface End {
  readonly of: Float64Array
  readonly becomes: Float64Array
  /** Log of the density over the ordinary one within the end. */
  readonly logWithin: Float64Array
}

/** The parts of a steering; one alone where no mixture is asked for. */
export function partsOf({ shifts, chances, mixture }: Steering): readonly MixturePart[] {
  return mixture ?? [{ paths: 1, shifts, chances }]
}

/** The part of each path of a round: parts are spread over the round as evenly as whole paths allow. */
export function roundOf(parts: readonly { readonly paths: number }[]): Int32Array {
  const length = parts.reduce((sum, { paths }) => sum + paths, 0)
  const given = parts.map(() => 0)
  return Int32Array.from({ length }, (_, place) => {
    let chosen = 0
    let furthest = Number.NEGATIVE_INFINITY
    for (let part = 0; part < parts.length; part++) {
      const behind = (parts[part].paths * (place + 1)) / length - given[part]
      if (behind > furthest + 1e-12) {
        furthest = behind
        chosen = part
      }
    }
    given[chosen]++
    return chosen
  })
}

/** Moves by the name of their shock and their number. */
export type Moves = ReadonlyMap<string, readonly (Move | undefined)[]>

/** Lays checked shifts and chances out by part and day. */
export function layOut(economy: Economy, plan: Plan, parts: readonly MixturePart[]): Moves {
  const { days } = plan
  const moves = new Map<string, (Move | undefined)[]>()
  const places = parts.length * days
  const moveOf = (shock: string, number: number): Move => {
    const list = moves.get(shock) ?? new Array<Move | undefined>(numbersOf(economy, plan, shock)).fill(undefined)
    moves.set(shock, list)
    list[number] ??= emptyMove(places)
    return list[number]
  }
  const each = ({ shock, index, from = 0, to = days - 1 }: Shift | Chance, put: (move: Move, day: number) => void) => {
    const count = numbersOf(economy, plan, shock)
    for (let number = index ?? 0; number < (index === undefined ? count : index + 1); number++) {
      const move = moveOf(shock, number)
      for (let day = from; day <= to; day++) put(move, day)
    }
  }
  parts.forEach(({ shifts = [], chances = [] }, part) => {
    for (const shift of shifts) {
      each(shift, ({ by }, day) => {
        by[part * days + day] += shift.by
      })
    }
    for (const chance of chances) each(chance, (move, day) => putChance(move, part * days + day, chance))
  })
  return moves
}

function emptyMove(places: number): Move {
  const table = (): Float64Array => new Float64Array(places)
  const end = (): End => ({ of: table(), becomes: table(), logWithin: table() })
  return { by: table(), lowest: end(), highest: end(), logBetween: table() }
}

function putChance(move: Move, at: number, { end, of, becomes }: Chance): void {
  const { lowest, highest } = move
  move[end].of[at] = of
  move[end].becomes[at] = becomes
  move[end].logWithin[at] = log(becomes / of)
  move.logBetween[at] = log1p(-lowest.becomes[at] - highest.becomes[at]) - log1p(-lowest.of[at] - highest.of[at])
}

/** The value that a draw becomes under the proposal of one part on one day. */
export function movedValue(move: Move, at: number, law: DrawLaw, value: number): number {
  if (move.by[at] !== 0) return valueOfScore(law, scoreOf(law, value) + move.by[at])
  if (!hasEnds(move, at)) return value
  return valueOfProbability(law, stretched(move, at, probabilityOf(law, value)))
}

function hasEnds({ lowest, highest }: Move, at: number): boolean {
  return lowest.of[at] !== 0 || highest.of[at] !== 0
}

/** Each end squeezed or stretched to its new probability, and the middle over what is left. */
function stretched({ lowest, highest }: Move, at: number, probability: number): number {
  const low = lowest.becomes[at]
  const high = highest.becomes[at]
  if (probability < low) return (probability * lowest.of[at]) / low
  if (1 - probability < high) return 1 - ((1 - probability) * highest.of[at]) / high
  const middle = (1 - lowest.of[at] - highest.of[at]) / (1 - low - high)
  return lowest.of[at] + (probability - low) * middle
}

/** Log of the density of a value under the proposal of one part on one day over its ordinary density. */
export function logRatio(move: Move, at: number, law: DrawLaw, value: number): number {
  const by = move.by[at]
  if (by !== 0) return by * (scoreOf(law, value) - 0.5 * by)
  if (!hasEnds(move, at)) return 0
  const probability = probabilityOf(law, value)
  if (probability < move.lowest.of[at]) return move.lowest.logWithin[at]
  if (1 - probability < move.highest.of[at]) return move.highest.logWithin[at]
  return move.logBetween[at]
}
