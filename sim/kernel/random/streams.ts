/**
 * Random streams: a draw is a function of (seed, room, path, agent, its position in that stream) and of nothing else.
 *
 * Philox turns that address into the 128 bits of an sfc32 generator, which then yields one word a draw. (sfc32: C.
 * Doty-Humphrey, PractRand 0.9, 2010; its counter word makes every cycle at least 2³² long, and 2¹²⁷ on average.)
 * The streams of a batch lie side by side in one Int32Array, four words each: words[4 s … 4 s + 3].
 */
import { log } from '../maths/elementary.ts'
import { bodyNormal, tailNormal, tailStart } from './normalDraw.ts'
import { philox4x32 } from './philox.ts'
import { uniform53 } from './uniform.ts'

const seedWords = new Int32Array(4)

/** A shock to be drawn for every agent of every active path. */
export interface ShockColumn {
  readonly law: 'normal' | 'uniform'
  /** Numbers a path and agent. */
  readonly each: number
  /** Receives number g of path p and agent a at index (p · agents + a) · each + g. */
  readonly column: Float64Array
}

/** Starts stream s of `words`: the key is the seed, the counter is the stream's address. */
export function seedStream(
  words: Int32Array,
  s: number,
  key0: number,
  key1: number,
  roomHash: number,
  path: number,
  agent: number,
  position: number,
): void {
  philox4x32(path, agent, roomHash, position, key0, key1, seedWords)
  words.set(seedWords, 4 * s)
}

/**
 * Draws the shocks, in their order, for each agent of the first `count` active paths; stream p · agents + a serves
 * agent a of path p. Allocates nothing.
 */
export function fillShocks(
  words: Int32Array,
  active: Int32Array,
  count: number,
  agents: number,
  shocks: readonly ShockColumn[],
): void {
  for (let k = 0; k < count; ) {
    // Neighbouring paths are drawn in one sweep.
    const first = active[k]
    let end = first
    while (k < count && active[k] === end) {
      k += 1
      end += 1
    }
    // One shock after the other for all streams draws the same numbers as all shocks of one stream after the other.
    for (let i = 0; i < shocks.length; i += 1) fillShock(words, first * agents, end * agents, shocks[i])
  }
}

function fillShock(words: Int32Array, from: number, to: number, { law, each, column }: ShockColumn): void {
  if (each !== 1) fillSeveral(words, from, to, law === 'normal', each, column)
  else if (law === 'normal') fillNormals(words, from, to, column)
  else fillUniforms(words, from, to, column)
}

// The step of sfc32 stands in each loop below, because a function cannot hand back four words without memory.

/** One normal number for each stream from … to − 1: kept apart because an inner loop of one turn costs 5 ns a draw. */
function fillNormals(words: Int32Array, from: number, to: number, column: Float64Array): void {
  for (let s = from; s < to; s += 1) {
    const at = s << 2
    const oldB = words[at + 1]
    const oldC = words[at + 2]
    const d = words[at + 3]
    const word = (words[at] + oldB + d) | 0
    const a = oldB ^ (oldB >>> 9)
    const b = (oldC + (oldC << 3)) | 0
    const c = (((oldC << 21) | (oldC >>> 11)) + word) | 0
    words[at] = a
    words[at + 1] = b
    words[at + 2] = c
    words[at + 3] = (d + 1) | 0
    const flip = word >> 31
    const magnitude = word ^ flip
    column[s] = magnitude < tailStart ? refinedNormal(magnitude, flip, a, b, c) : bodyNormal(magnitude, flip)
  }
}

/** One uniform number for each stream from … to − 1. */
function fillUniforms(words: Int32Array, from: number, to: number, column: Float64Array): void {
  for (let s = from; s < to; s += 1) {
    const at = s << 2
    const oldB = words[at + 1]
    const oldC = words[at + 2]
    const d = words[at + 3]
    const word = (words[at] + oldB + d) | 0
    const a = oldB ^ (oldB >>> 9)
    const b = (oldC + (oldC << 3)) | 0
    const c = (((oldC << 21) | (oldC >>> 11)) + word) | 0
    words[at] = a
    words[at + 1] = b
    words[at + 2] = c
    words[at + 3] = (d + 1) | 0
    column[s] = uniform53(word, finerBits(a, b, c))
  }
}

/** Several numbers for each stream from … to − 1. */
function fillSeveral(
  words: Int32Array,
  from: number,
  to: number,
  isNormal: boolean,
  each: number,
  column: Float64Array,
): void {
  for (let s = from; s < to; s += 1) {
    const at = s << 2
    let a = words[at]
    let b = words[at + 1]
    let c = words[at + 2]
    let d = words[at + 3]
    const end = (s + 1) * each
    for (let g = s * each; g < end; g += 1) {
      const word = (a + b + d) | 0
      d = (d + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + word) | 0
      const flip = word >> 31
      const magnitude = word ^ flip
      if (!isNormal) column[g] = uniform53(word, finerBits(a, b, c))
      else if (magnitude < tailStart) column[g] = refinedNormal(magnitude, flip, a, b, c)
      else column[g] = bodyNormal(magnitude, flip)
    }
    words[at] = a
    words[at + 1] = b
    words[at + 2] = c
    words[at + 3] = d
  }
}

/** A normal number in the tails, where the state's finer bits count. */
function refinedNormal(magnitude: number, flip: number, a: number, b: number, c: number): number {
  return tailNormal(magnitude, flip, finerBits(a, b, c))
}

/**
 * A second word for the finer bits of a draw: a hash of the state that the step left, so that the stream does not move.
 * The finaliser is C. Wellons's lowbias32 (2018), spread over three words.
 */
function finerBits(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ (a >>> 16) ^ b, 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0x846ca68b)
  return hash ^ (hash >>> 16)
}

/** One stream for draws made by an event: opened at an address, then drawn from in order. */
export class SideStream {
  /** The four words of the generator, then the finer bits of the last draw. */
  readonly #words = new Int32Array(5)

  /** Turns to the stream of an address; its first draw is the next one. */
  open(key0: number, key1: number, roomHash: number, path: number, agent: number, position: number): void {
    philox4x32(path, agent, roomHash, position, key0, key1, this.#words)
  }

  /** A number between 0 and 1, never either, of 53 bits. */
  uniform(): number {
    const word = this.#next()
    return uniform53(word, this.#words[4])
  }

  /** A standard normal number. */
  normal(): number {
    const word = this.#next()
    const flip = word >> 31
    const magnitude = word ^ flip
    return magnitude < tailStart ? tailNormal(magnitude, flip, this.#words[4]) : bodyNormal(magnitude, flip)
  }

  /** A whole number from 0 to n − 1, each equally likely to within n / 2⁵³. */
  index(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  /** An exponential number of mean one. */
  exponential(): number {
    return -log(this.uniform())
  }

  #next(): number {
    const words = this.#words
    const b = words[1]
    const c = words[2]
    const d = words[3]
    const word = (words[0] + b + d) | 0
    words[0] = b ^ (b >>> 9)
    words[1] = (c + (c << 3)) | 0
    words[2] = (((c << 21) | (c >>> 11)) + word) | 0
    words[3] = (d + 1) | 0
    words[4] = finerBits(words[0], words[1], words[2])
    return word
  }
}
