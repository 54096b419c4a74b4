/** Random words as numbers between zero and one. */

/** The largest double below one. */
const largest = 1 - Number.EPSILON / 2

/**
 * The middle of one of 2⁵³ equal parts of (0, 1), chosen by the upper 27 bits of one word and the upper 26 of another;
 * the topmost middle, which no double holds, becomes 1 − 2⁻⁵³. Never 0, never 1, and complemented words give 1 − u.
 */
export function uniform53(word0: number, word1: number): number {
  const u = ((word0 >>> 5) * 67108864 + (word1 >>> 6) + 0.5) / 9007199254740992
  return u < 1 ? u : largest
}
