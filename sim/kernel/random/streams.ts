/**
 * Random streams: a draw is a function of (seed, room, path, agent, its position in that stream) and of nothing else.
 *
 * Philox turns that address into the 128 bits of an sfc32 generator, which then yields one word a draw. (sfc32: C.
 * Doty-Humphrey, PractRand 0.9, 2010; its counter word makes every cycle at least 2³² long, and 2¹²⁷ on average.)
 * The streams of a batch lie side by side in one Int32Array, four words each: words[4 s … 4 s + 3].
 */
import { log } from '../maths/elementary.ts'
import { bodyNormal, normalDraw, tailStart } from './normalDraw.ts'
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
  if (areNeighbours(active, count)) {
    // One shock after the other for all streams draws the same numbers as all shocks of one stream after the other.
    const from = active[0] * agents
    for (let i = 0; i < shocks.length; i += 1) fillShock(words, from, from + count * agents, shocks[i])
    return
  }
  for (let k = 0; k < count; k += 1) {
    const from = active[k] * agents
    for (let i = 0; i < shocks.length; i += 1) fillShock(words, from, from + agents, shocks[i])
  }
}

function areNeighbours(active: Int32Array, count: number): boolean {
  for (let k = 1; k < count; k += 1) if (active[k] !== active[0] + k) return false
  return count > 0
}

function fillShock(words: Int32Array, from: number, to: number, { law, each, column }: ShockColumn): void {
  if (law === 'normal') {
    for (let s = from; s < to; s += sweep) fillNormals(words, s, Math.min(s + sweep, to), each, column)
  } else if (each === 1) fillUniforms(words, from, to, column)
  else fillSeveralUniforms(words, from, to, each, column)
}

/** Streams that are drawn in one sweep. */
const sweep = 1024
/** Streams of the sweep with a number in the tails: the four words of their state before it, and their number. */
const tails = new Int32Array(5 * sweep)

/**
 * Takes every number from the body's table at first and then puts those in the tails right: a call inside the loop would
 * make the compiler move the whole state to memory and back for each draw.
 */
function fillNormals(words: Int32Array, from: number, to: number, each: number, column: Float64Array): void {
  const inTails = each === 1 ? fillBodies(words, from, to, column) : fillSeveralBodies(words, from, to, each, column)
  for (let i = 0; i < inTails; i += 1) refineNormals(i, each, column)
}

// The step of sfc32 stands in each loop below, because a function cannot hand back four words without memory. Streams
// with one number have loops of their own, because an inner loop of one turn costs as much as a draw.

/** One normal number for each stream from … to − 1. @returns the number of streams in `tails` */
function fillBodies(words: Int32Array, from: number, to: number, column: Float64Array): number {
  let inTails = 0
  for (let s = from; s < to; s += 1) {
    const at = s << 2
    const a = words[at]
    const b = words[at + 1]
    const c = words[at + 2]
    const d = words[at + 3]
    const word = (a + b + d) | 0
    words[at] = b ^ (b >>> 9)
    words[at + 1] = (c + (c << 3)) | 0
    words[at + 2] = (((c << 21) | (c >>> 11)) + word) | 0
    words[at + 3] = (d + 1) | 0
    const flip = word >> 31
    const magnitude = word ^ flip
    column[s] = bodyNormal(magnitude, flip)
    if (magnitude < tailStart) {
      noteTail(inTails, a, b, c, d, s)
      inTails += 1
    }
  }
  return inTails
}

/** Several normal numbers for each stream from … to − 1. @returns the number of streams in `tails` */
function fillSeveralBodies(words: Int32Array, from: number, to: number, each: number, column: Float64Array): number {
  let inTails = 0
  for (let s = from; s < to; s += 1) {
    const at = s << 2
    let a = words[at]
    let b = words[at + 1]
    let c = words[at + 2]
    let d = words[at + 3]
    let signs = 0
    const end = (s + 1) * each
    for (let g = s * each; g < end; g += 1) {
      const word = (a + b + d) | 0
      d = (d + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + word) | 0
      const flip = word >> 31
      const magnitude = word ^ flip
      column[g] = bodyNormal(magnitude, flip)
      signs |= magnitude - tailStart
    }
    if (signs < 0) {
      noteTail(inTails, words[at], words[at + 1], words[at + 2], words[at + 3], s)
      inTails += 1
    }
    words[at] = a
    words[at + 1] = b
    words[at + 2] = c
    words[at + 3] = d
  }
  return inTails
}

function noteTail(i: number, a: number, b: number, c: number, d: number, s: number): void {
  const at = 5 * i
  tails[at] = a
  tails[at + 1] = b
  tails[at + 2] = c
  tails[at + 3] = d
  tails[at + 4] = s
}

/** Draws stream i of `tails` once more, now with the finer bits that numbers in the tails need. */
function refineNormals(i: number, each: number, column: Float64Array): void {
  let a = tails[5 * i]
  let b = tails[5 * i + 1]
  let c = tails[5 * i + 2]
  let d = tails[5 * i + 3]
  const first = tails[5 * i + 4] * each
  for (let g = first; g < first + each; g += 1) {
    const word = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    column[g] = normalDraw(word, finerBits(a, b, c))
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

/** Several uniform numbers for each stream from … to − 1. */
function fillSeveralUniforms(words: Int32Array, from: number, to: number, each: number, column: Float64Array): void {
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
      column[g] = uniform53(word, finerBits(a, b, c))
    }
    words[at] = a
    words[at + 1] = b
    words[at + 2] = c
    words[at + 3] = d
  }
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
    return normalDraw(word, this.#words[4])
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
