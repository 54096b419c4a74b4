/** What can be wrong with a steering, said before any path is simulated. */
import type { Economy } from '../economy.ts'
import { InputError } from '../errors.ts'
import { nearest, type Plan } from '../plan.ts'
import { sobolDimensions } from '../random/sobol.ts'
import type { Chance, OneShock, Proposal, Quasi, Shift, Steering } from '../steering.ts'
import { namedShock, numbersOf } from './names.ts'

/** Points of a net that a path number can count through. */
const mostPoints = 1 << 30

/**
 * @throws InputError naming the shock, the value and what would be right: an unknown shock or room, an index or day out of range, a
 * shift that is not finite, a probability outside 0 to 1, two kinds of move of one number, a Sobol net that does not exist, or ways
 * of steering that exclude each other.
 */
export function checkSteering(economy: Economy, steering: Steering, plan: Plan): void {
  const { mixture, antithetic, quasi, watch = [] } = steering
  if (mixture !== undefined && (steering.shifts !== undefined || steering.chances !== undefined)) {
    throw new InputError('a mixture has shifts and chances in its parts; give none beside it')
  }
  const chosen = [mixture && 'mixture', antithetic && 'antithetic', quasi && 'quasi'].filter((way) => way !== undefined)
  if (chosen.length > 1) throw new InputError(`${chosen.join(' and ')} exclude each other; choose one`)
  if (mixture?.length === 0) throw new InputError('mixture has no parts; give at least one')
  mixture?.forEach((part, p) => {
    requireWhole(part.paths, `paths of part ${p + 1} of the mixture`, 1, 10_000)
    checkProposal(economy, part, plan)
  })
  checkProposal(economy, steering, plan)
  if (antithetic !== undefined && antithetic !== true) for (const room of antithetic) checkRoom(economy, room)
  if (quasi !== undefined) checkQuasi(economy, quasi, plan)
  const watched = new Set<string>()
  for (const one of watch) {
    checkNumber(economy, plan, one)
    requireWhole(one.blocks ?? 1, `blocks of ${one.shock}`, 1, plan.days)
    const key = `${one.what} of ${one.shock} ${one.index ?? 0}`
    if (watched.has(key)) throw new InputError(`the ${key} is watched twice; watch it once, in one number of blocks`)
    watched.add(key)
  }
}

function checkProposal(economy: Economy, { shifts = [], chances = [] }: Proposal, plan: Plan): void {
  for (const shift of shifts) {
    checkMoved(economy, plan, shift)
    if (!Number.isFinite(shift.by)) {
      throw new InputError(`shift of ${shift.shock} is ${shift.by}; it must be a finite number of standard deviations`)
    }
  }
  const taken: (Shift | Chance)[] = [...shifts]
  for (const chance of chances) {
    checkMoved(economy, plan, chance)
    requireProbability(chance.of, `the probability of the ${chance.end} of ${chance.shock}`)
    requireProbability(chance.becomes, `what the probability of the ${chance.end} of ${chance.shock} becomes`)
    for (const other of taken.filter((one) => overlap(one, chance, plan.days))) checkTogether(chance, other)
    taken.push(chance)
  }
}

/** A number may have both its ends changed; any other two moves would contradict each other. */
function checkTogether(chance: Chance, other: Shift | Chance): void {
  const { shock } = chance
  if (!('end' in other) || other.end === chance.end) {
    throw new InputError(
      `${shock} is moved twice on one day; a number may be shifted, or each of its ends changed once`,
    )
  }
  if (other.of + chance.of >= 1 || other.becomes + chance.becomes >= 1) {
    throw new InputError(
      `both ends of ${shock} together are ${other.of + chance.of} and become ${other.becomes + chance.becomes}; both must lie below 1`,
    )
  }
}

function overlap(a: Shift | Chance, b: Shift | Chance, days: number): boolean {
  if (a.shock !== b.shock) return false
  if (a.index !== undefined && b.index !== undefined && a.index !== b.index) return false
  return (a.from ?? 0) <= (b.to ?? days - 1) && (b.from ?? 0) <= (a.to ?? days - 1)
}

function checkMoved(
  economy: Economy,
  plan: Plan,
  { shock, index, from = 0, to = plan.days - 1 }: Shift | Chance,
): void {
  if (index !== undefined) checkNumber(economy, plan, { shock, index })
  else namedShock(economy, shock)
  requireWhole(from, `first day of ${shock}`, 0, plan.days - 1)
  requireWhole(to, `last day of ${shock}`, from, plan.days - 1)
}

function checkNumber(economy: Economy, plan: Plan, { shock, index = 0 }: OneShock): void {
  const count = numbersOf(economy, plan, shock)
  requireWhole(index, `index of ${shock}`, 0, count - 1)
}

function checkRoom(economy: Economy, name: string): void {
  if (economy.rooms[name]) return
  const names = Object.keys(economy.rooms)
  const near = nearest(name, names)
  throw new InputError(
    `unknown room: ${name}; ${near === undefined ? `known: ${names.join(', ')}` : `did you mean ${near}?`}`,
  )
}

function checkQuasi(economy: Economy, { points, shocks, blocks }: Quasi, plan: Plan): void {
  if (!(Number.isInteger(points) && points >= 2 && points <= mostPoints && (points & (points - 1)) === 0)) {
    throw new InputError(`points of a Sobol net is ${points}; it must be a power of two from 2 to ${mostPoints}`)
  }
  requireWhole(blocks, 'blocks of a Sobol net', 1, plan.days)
  if (shocks.length === 0) throw new InputError('a Sobol net steers no shock; name at least one')
  const seen = new Set<string>()
  for (const one of shocks) {
    checkNumber(economy, plan, one)
    const { name, when } = namedShock(economy, one.shock)
    if (when === 'event') {
      throw new InputError(`${name} is drawn as events come; a Sobol net steers daily shocks and draws made once`)
    }
    const key = `${name} ${one.index ?? 0}`
    if (seen.has(key)) throw new InputError(`${key} stands in a Sobol net twice; name it once`)
    seen.add(key)
  }
  const dimensions = dimensionsOf(economy, shocks, blocks)
  if (dimensions > sobolDimensions) {
    throw new InputError(
      `${dimensions} dimensions (shocks × blocks) do not fit a Sobol net; at most ${sobolDimensions}, so take fewer blocks or shocks`,
    )
  }
}

/** Coordinates of a point: one for each block of a daily shock, and one for each draw that is made once. */
export function dimensionsOf(economy: Economy, shocks: readonly OneShock[], blocks: number): number {
  return shocks.reduce((sum, { shock }) => sum + (namedShock(economy, shock).when === 'daily' ? blocks : 1), 0)
}

function requireWhole(value: number, noun: string, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    throw new InputError(`${noun} is ${value}; it must be a whole number from ${least} to ${most}`)
  }
}

function requireProbability(value: number, noun: string): void {
  if (!(value > 0 && value < 1)) throw new InputError(`${noun} is ${value}; it must lie between 0 and 1`)
}
