/** Where the outcomes of batches go; batches come in any order. */
import type { RecordDeclaration } from '../kernel/record.ts'
import type { OutcomeColumns } from '../studies/metric.ts'

export interface OutcomeSink {
  /** @param outcomes row-major paths × outcomes, of the paths from `firstPath` on */
  write(firstPath: number, outcomes: Float64Array): void
  /** Everything, column by column, where the sink keeps it in memory. */
  columns?(): OutcomeColumns
}

/** Keeps all outcomes in memory: 8 bytes a path and outcome. */
export function memorySink(record: RecordDeclaration, paths: number): OutcomeSink {
  const names = record.outcomes
  const columns = names.map(() => new Float64Array(paths))
  return {
    write(firstPath, outcomes) {
      const count = outcomes.length / names.length
      for (let o = 0; o < names.length; o++) {
        for (let p = 0; p < count; p++) columns[o][firstPath + p] = outcomes[p * names.length + o]
      }
    },
    columns: () => Object.fromEntries(names.map((name, o) => [name, columns[o]])),
  }
}
