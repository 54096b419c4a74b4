/** A tidy table as a Parquet file: the same bytes for the same table. */
import type { TidyTable } from '../../studies/laboratory.ts'

/** Key of the column descriptions in the file's own metadata. */
const columnsKey = 'aidlab.columns'

/** @throws Error (a defect of the study) for a row of another length or a cell of another kind than its column */
export async function writeTidy(file: string, table: TidyTable): Promise<void> {
  const { fileWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  const columnData = table.columns.map(({ name, kind }, c) => ({
    name,
    data: table.rows.map((row, r) => cellOf(row, table, r, c)),
    type: kind === 'number' ? ('DOUBLE' as const) : ('STRING' as const),
    nullable: true,
  }))
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: schemaFromColumnData({ columnData }),
    kvMetadata: [{ key: columnsKey, value: JSON.stringify(table.columns) }],
    createdBy: 'aidlab',
  })
  if (table.rows.length > 0) await writer.write({ columnData })
  await writer.finish()
}

function cellOf(row: TidyTable['rows'][number], table: TidyTable, r: number, c: number): number | string | null {
  if (row.length !== table.columns.length) {
    throw new Error(`row ${r} of a table has ${row.length} cells; its columns are ${table.columns.length}`)
  }
  const { name, kind } = table.columns[c]
  const cell = row[c]
  const right = kind === 'number' ? typeof cell === 'number' && Number.isFinite(cell) : typeof cell === 'string'
  if (cell === null || right) return cell
  throw new Error(`row ${r} of column ${name} holds ${String(cell)}; a ${kind} or null is right`)
}
