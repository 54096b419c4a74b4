/** Numbers of paths that no other part of a study has used: what is quoted must not be the luck on which it was chosen. */

export class PathNumbers {
  #next: number

  /** @param next the first number that may be taken */
  constructor(next: number) {
    this.#next = next
  }

  /** The first of `count` new numbers, a multiple of `round`. */
  take(count: number, round = 1): number {
    const from = Math.ceil(this.#next / round) * round
    this.#next = from + count
    return from
  }
}
