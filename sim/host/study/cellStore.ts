/** The finished cells of a study on disk: what an interrupted study does not simulate again. */
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { mergeRanges, type PathRange } from '../ranges.ts'
import { OutcomeSpool } from '../spool.ts'

/** The list of what is finished, beside the numbers themselves. */
export const indexName = 'finished.jsonl'

interface IndexLine {
  readonly cell: string
  readonly from: number
  readonly to: number
}

/**
 * Outcomes by cell (a hash of plan, luck and what is kept) and path. A range of paths stands in the index only after its numbers
 * are on the disk, so a cut at any moment loses at most what was not yet booked.
 */
export class CellStore {
  readonly #folder: string
  readonly #finished = new Map<string, PathRange[]>()

  /** Makes the folder, or goes on with what an earlier sitting has left there. */
  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
    for (const { cell, from, to } of readIndex(join(folder, indexName))) this.#note(cell, { from, to })
  }

  /** Ranges of paths of a cell that need no simulation. */
  finished(cell: string): readonly PathRange[] {
    return this.#finished.get(cell) ?? []
  }

  /** @param outcomes row-major paths × width, from path `from` on; to be called once for each range */
  write(cell: string, width: number, from: number, outcomes: Float64Array): void {
    const spool = new OutcomeSpool(this.#file(cell), width)
    try {
      spool.write(from, outcomes)
      spool.sync()
    } finally {
      spool.close()
    }
    const range = { from, to: from + outcomes.length / width }
    appendFileSync(join(this.#folder, indexName), `${JSON.stringify({ cell, ...range })}\n`, { flush: true })
    this.#note(cell, range)
  }

  /** Rows of finished paths. */
  read(cell: string, width: number, { from, to }: PathRange): Float64Array {
    const spool = new OutcomeSpool(this.#file(cell), width)
    try {
      return spool.read(from, to - from)
    } finally {
      spool.close()
    }
  }

  #file(cell: string): string {
    return join(this.#folder, `${cell}.f64`)
  }

  #note(cell: string, range: PathRange): void {
    this.#finished.set(cell, mergeRanges([...this.finished(cell), range]))
  }
}

/** Every whole line; a line that a kill has cut is taken away, so that the next one begins afresh. */
function readIndex(file: string): IndexLine[] {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) rewrite(file, whole)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as IndexLine)
}

function rewrite(file: string, text: string): void {
  const handle = openSync(file, 'w')
  try {
    writeSync(handle, text)
  } finally {
    closeSync(handle)
  }
}
