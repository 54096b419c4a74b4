/** What is kept of the luck of each path. */
import { blockStarts, luckColumns, type Steering, type Watch } from '../steering.ts'
import { type DrawLaw, probabilityOf, scoreOf } from './scores.ts'

/** The watches of one number of a shock. */
export class WatchedNumber {
  readonly #kept: { readonly what: Watch['what']; readonly blockOf: Int32Array; readonly columns: Float64Array[] }[] =
    []

  add(what: Watch['what'], blockOf: Int32Array, columns: Float64Array[]): void {
    this.#kept.push({ what, blockOf, columns })
  }

  /** Takes note of a draw. */
  note(law: DrawLaw, slot: number, day: number, value: number): void {
    for (let k = 0; k < this.#kept.length; k++) {
      const { what, blockOf, columns } = this.#kept[k]
      const column = columns[blockOf[day]]
      if (what === 'total') column[slot] += scoreOf(law, value)
      else if (what === 'count') column[slot] += 1
      else {
        const probability = probabilityOf(law, value)
        const worse = what === 'lowest' ? probability < column[slot] : probability > column[slot]
        if (worse) column[slot] = probability
      }
    }
  }
}

/** Every watched number of a batch, with the outcome columns that it fills. */
export class Watches {
  /** Outcome columns by name; one number a path. */
  readonly columns: ReadonlyMap<string, Float64Array>
  readonly #numbers = new Map<string, WatchedNumber>()
  readonly #lowest: Float64Array[] = []

  constructor(steering: Steering, days: number, newColumn: () => Float64Array) {
    this.columns = new Map(luckColumns(steering).map((name) => [name, newColumn()]))
    const all = [...this.columns.values()].slice(1)
    let next = 0
    for (const { shock, index = 0, what, blocks = 1 } of steering.watch ?? []) {
      const columns = all.slice(next, next + blocks)
      next += blocks
      if (what === 'lowest') this.#lowest.push(...columns)
      const key = `${shock} ${index}`
      const number = this.#numbers.get(key) ?? new WatchedNumber()
      this.#numbers.set(key, number)
      number.add(what, blocksByDay(days, blocks), columns)
    }
  }

  /** The watches of a number, if it has any. */
  of(shock: string, index: number): WatchedNumber | undefined {
    return this.#numbers.get(`${shock} ${index}`)
  }

  /** Forgets the paths before. */
  start(): void {
    for (const column of this.columns.values()) column.fill(0)
    for (const column of this.#lowest) column.fill(1)
  }
}

function blocksByDay(days: number, blocks: number): Int32Array {
  const byDay = new Int32Array(days)
  blockStarts(days, blocks).forEach((start, block, starts) => {
    if (block < blocks) byDay.fill(block, start, starts[block + 1])
  })
  return byDay
}
