/** Everything that a batch remembers of its paths, in one place, so that a path can be made the double of another. */

export type PathNumbers = Float64Array | Int32Array | Uint32Array | Uint8Array

/**
 * Takes numbers into the memory of the batch: as many for each path, path by path.
 * @returns the same array, to be written by its owner
 */
export type Own = <A extends PathNumbers>(numbers: A) => A

export class PathMemory {
  readonly #paths: number
  readonly #owned: PathNumbers[] = []
  readonly #widths: number[] = []

  /** @param paths in the batch */
  constructor(paths: number) {
    this.#paths = paths
  }

  /** @throws Error (a defect of the owner) when the numbers do not divide among the paths. */
  readonly own: Own = (numbers) => {
    const width = numbers.length / this.#paths
    if (!Number.isInteger(width)) {
      throw new Error(`${numbers.length} numbers do not divide among ${this.#paths} paths; as many for each are wanted`)
    }
    this.#owned.push(numbers)
    this.#widths.push(width)
    return numbers
  }

  /** Every array taken so far. */
  get owned(): readonly PathNumbers[] {
    return this.#owned
  }

  /** Makes a path the double of another; both are indices in the batch. */
  copy(from: number, to: number): void {
    for (let i = 0; i < this.#owned.length; i++) {
      const width = this.#widths[i]
      const numbers = this.#owned[i]
      if (width === 1) numbers[to] = numbers[from]
      else numbers.copyWithin(to * width, from * width, (from + 1) * width)
    }
  }
}
