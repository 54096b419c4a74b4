/** A checkpoint on disk: which paths are finished and their daily counts; replaced as a whole, never half-written. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../kernel/errors.ts'
import type { PathRange } from './ranges.ts'
import type { Checkpoint } from './simulate.ts'

const fileName = 'checkpoint.json'

interface Stored {
  readonly format: 1
  /** Hash of what is simulated and kept; a checkpoint of anything else is refused. */
  readonly identity: string
  readonly finished: readonly PathRange[]
  /** File of the daily counts, beside this one. */
  readonly counts: string
  /** Seconds spent so far. */
  readonly seconds: number
}

export interface StoredCheckpoint extends Checkpoint {
  readonly seconds: number
}

/** Writes the counts under a new name, then the file that points to them: a cut at any moment leaves one whole checkpoint. */
export function saveCheckpoint(folder: string, identity: string, checkpoint: StoredCheckpoint): void {
  const before = stored(folder)?.counts
  const counts = before === 'counts-a.u32' ? 'counts-b.u32' : 'counts-a.u32'
  writeFileSync(join(folder, counts), bytesOf(checkpoint.counts), { flush: true })
  const { finished, seconds } = checkpoint
  const next: Stored = { format: 1, identity, finished, counts, seconds }
  writeFileSync(join(folder, `${fileName}.next`), JSON.stringify(next), { flush: true })
  renameSync(join(folder, `${fileName}.next`), join(folder, fileName))
}

/**
 * Reads the checkpoint of an unfinished run; undefined when it never came to one.
 * @throws InputError when it belongs to another question
 */
export function loadCheckpoint(folder: string, identity: string): StoredCheckpoint | undefined {
  const found = stored(folder)
  if (!found) return undefined
  if (found.identity !== identity) {
    throw new InputError(
      `${folder} is of another question: scenario, seed, days or version differ; ` +
        'ask as before to go on with it, or add --force to start afresh',
    )
  }
  const bytes = readFileSync(join(folder, found.counts))
  const counts = new Uint32Array(bytes.length / 4)
  new Uint8Array(counts.buffer).set(bytes)
  return { finished: found.finished, counts, seconds: found.seconds }
}

/** Removes every trace of checkpoints. */
export function removeCheckpoint(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('counts-') || name.startsWith(fileName)) rmSync(join(folder, name))
  }
}

function stored(folder: string): Stored | undefined {
  const file = join(folder, fileName)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function bytesOf(counts: Uint32Array): Uint8Array {
  return new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength)
}
