/** Which dials a study of sensitivity turns, and from where to where. */
import { type Dial, dialOf } from '../../../scenarios/dials.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Economy } from '../../kernel/economy.ts'
import { InputError } from '../../kernel/errors.ts'
import { exp, log } from '../../kernel/maths/elementary.ts'
import { standardDials } from './standardDials.ts'

export type DialScale = 'linear' | 'logarithmic'

/** A dial and the range in which it is turned, every value of the scale equally likely. */
export interface DialRange {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  readonly from: number
  readonly to: number
  readonly integer: boolean
  readonly scale: DialScale
  /** What the scenario sets; null where rows differ. */
  readonly value: number | null
  /** Why this range. */
  readonly reason: string
}

const logarithmicEnding = ':log'

/** The standard dials, as far as the economy has them. */
export function standardRanges(scenario: Scenario, economy: Economy): DialRange[] {
  return Object.keys(standardDials)
    .filter((name) => economy.rooms[name.split('.')[0]] !== undefined)
    .map((name) => rangeOf(scenario, economy, name))
}

/**
 * Ranges from words: NAME for the declared range of a standard dial that stands in it, or half to one and a half times the value;
 * NAME=FROM..TO for a range of one's own; NAME=FROM..TO:log where ratios and not differences are equally likely.
 * @throws InputError for an unknown dial, a range that is empty or out of bounds, or a dial that is given twice
 */
export function parseRanges(words: readonly string[], scenario: Scenario, economy: Economy): DialRange[] {
  const ranges = words.map((word) => {
    const [name, range, ...more] = word.split('=').map((part) => part.trim())
    if (more.length > 0 || name === '' || range === '')
      throw new InputError(`dial ${word} cannot be read; write room.parameter or room.parameter=from..to`)
    return range === undefined ? rangeOf(scenario, economy, name) : ownRange(dialOf(scenario, economy, name), range)
  })
  const twice = ranges.find(({ name }, i) => ranges.findIndex((other) => other.name === name) < i)
  if (twice) throw new InputError(`dial ${twice.name} is given twice; give each dial once`)
  return ranges
}

function rangeOf(scenario: Scenario, economy: Economy, name: string): DialRange {
  const dial = dialOf(scenario, economy, name)
  const standard = standardDials[name]
  if (standard && isWithin(dial.value, standard)) {
    const { from, to, scale = 'linear', reason } = standard
    return checked(dial, from, to, scale, reason)
  }
  if (dial.value === null || dial.value === 0) {
    const why = dial.value === null ? 'differs from row to row' : 'is 0, so that half of it says nothing'
    throw new InputError(`${name} ${why}; give its range as ${name}=from..to, within ${dial.from} to ${dial.to}`)
  }
  const ends = [dial.value * 0.5, dial.value * 1.5].sort((a, b) => a - b)
  const [from, to] = ends.map((end) => Math.min(dial.to, Math.max(dial.from, dial.integer ? Math.round(end) : end)))
  return checked(dial, from, to, 'linear', 'half to one and a half times its value, within its bounds')
}

/** A scenario of another size than the standard one has dials elsewhere. */
function isWithin(value: number | null, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return value === null || value === 0 || (value >= from && value <= to)
}

function ownRange(dial: Dial, range: string): DialRange {
  const logarithmic = range.endsWith(logarithmicEnding)
  const [from, to, ...more] = (logarithmic ? range.slice(0, -logarithmicEnding.length) : range).split('..')
  if (to === undefined || more.length > 0 || from.trim() === '' || to.trim() === '')
    throw new InputError(
      `range ${range} of ${dial.name} cannot be read; write from..to, such as ${dial.from}..${dial.to}`,
    )
  return checked(dial, Number(from), Number(to), logarithmic ? 'logarithmic' : 'linear', 'as asked')
}

function checked(dial: Dial, from: number, to: number, scale: DialScale, reason: string): DialRange {
  const { name, unit, meaning, integer, value } = dial
  const bounds = `within ${dial.from} to ${dial.to}`
  if (!(Number.isFinite(from) && Number.isFinite(to)))
    throw new InputError(`range of ${name} has no two numbers; write ${name}=from..to, ${bounds}`)
  if (!(from < to))
    throw new InputError(`range ${from}..${to} of ${name} is empty; its end must be above its beginning`)
  if (from < dial.from || to > dial.to)
    throw new InputError(`range ${from}..${to} of ${name} is out of bounds; stay ${bounds}`)
  if (integer && !(Number.isInteger(from) && Number.isInteger(to)))
    throw new InputError(`range ${from}..${to} of ${name} is not whole; ${name} takes whole numbers only`)
  if (scale === 'logarithmic' && !(from > 0))
    throw new InputError(`range ${from}..${to} of ${name} has no ratios; a logarithmic range begins above 0`)
  return { name, unit, meaning, from, to, integer, scale, value, reason }
}

/** The value of a dial at a place in [0, 1] of its range. */
export function valueAt({ from, to, integer, scale }: DialRange, place: number): number {
  if (place === 0) return from
  if (place === 1) return to
  const value = scale === 'linear' ? from + place * (to - from) : exp(log(from) + place * (log(to) - log(from)))
  return integer ? Math.round(value) : Math.min(to, Math.max(from, value))
}
