/** Outcomes on their way to the Parquet file: fixed places in a plain file, so batches may come in any order and be resumed. */
import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import type { OutcomeSink } from './outcomeSink.ts'

/** Little-endian float64, row-major paths × outcomes. Every engine that Node runs on is little-endian. */
export class OutcomeSpool implements OutcomeSink {
  readonly #file: number
  readonly #width: number

  /** @param outcomes numbers a path; an existing file is kept and gone on with */
  constructor(path: string, outcomes: number) {
    this.#file = openSync(path, 'a+')
    closeSync(this.#file)
    this.#file = openSync(path, 'r+')
    this.#width = outcomes
  }

  write(firstPath: number, outcomes: Float64Array): void {
    const bytes = new Uint8Array(outcomes.buffer, outcomes.byteOffset, outcomes.byteLength)
    let position = firstPath * this.#width * 8
    for (let written = 0; written < bytes.length; ) {
      const now = writeSync(this.#file, bytes, written, bytes.length - written, position)
      written += now
      position += now
    }
  }

  /** Rows of paths `from` … `from + count − 1`. @throws Error when the file is shorter. */
  read(from: number, count: number): Float64Array {
    const rows = new Float64Array(count * this.#width)
    const bytes = new Uint8Array(rows.buffer)
    for (let read = 0; read < bytes.length; ) {
      const now = readSync(this.#file, bytes, read, bytes.length - read, from * this.#width * 8 + read)
      if (now === 0)
        throw new Error(`outcomes end at byte ${this.size()}; those of path ${from + count - 1} are missing`)
      read += now
    }
    return rows
  }

  size(): number {
    return fstatSync(this.#file).size
  }

  /** Waits until everything written is on the disk. */
  sync(): void {
    fdatasyncSync(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}
