/** paths.parquet: one row a path, the same bytes for the same outcomes. */
import type { NamedColumn } from '../kernel/record.ts'
import type { OutcomeColumns } from '../studies/metric.ts'

/** Rows of a row group: fixed, so that no batch size shows in the bytes. */
const rowGroupSize = 8192

/** Key of the column descriptions in the file's own metadata. */
const columnsKey = 'aidlab.columns'

/**
 * Writes the outcomes of all paths.
 * @param read rows of `count` paths from `from` on, row-major paths × columns
 */
export async function writePaths(
  file: string,
  columns: readonly NamedColumn[],
  paths: number,
  read: (from: number, count: number) => Float64Array,
): Promise<void> {
  const { fileWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  const rows = (from: number, count: number) => {
    const values = read(from, count)
    const column = (o: number) => Float64Array.from({ length: count }, (_, p) => values[p * columns.length + o])
    return [
      { name: 'path', data: Int32Array.from({ length: count }, (_, p) => from + p), type: 'INT32' as const },
      ...columns.map(({ name }, o) => ({ name, data: column(o), type: 'DOUBLE' as const, encoding })),
    ].map((c) => ({ ...c, nullable: false }))
  }
  const encoding = 'BYTE_STREAM_SPLIT' as const
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: schemaFromColumnData({ columnData: rows(0, Math.min(1, paths)) }),
    kvMetadata: [{ key: columnsKey, value: JSON.stringify(columns) }],
    createdBy: 'aidlab',
  })
  for (let from = 0; from < paths; from += rowGroupSize) {
    const columnData = rows(from, Math.min(rowGroupSize, paths - from)).map(({ type: _, nullable: __, ...c }) => c)
    await writer.write({ columnData, rowGroupSize })
  }
  await writer.finish()
}

export interface StoredPaths {
  readonly columns: readonly NamedColumn[]
  readonly paths: number
  readonly outcomes: OutcomeColumns
}

/**
 * Reads columns of paths.parquet.
 * @param wanted names of the columns; all without it
 * @throws Error when the file is not one of aidlab or lacks a column
 */
export async function readPaths(file: string, wanted?: readonly string[]): Promise<StoredPaths> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetRead } = await import('hyparquet')
  const buffer = await asyncBufferFromFile(file)
  const metadata = await parquetMetadataAsync(buffer)
  const described = metadata.key_value_metadata?.find(({ key }) => key === columnsKey)?.value
  if (described === undefined) throw new Error(`${file} was not written by aidlab: it lacks ${columnsKey}`)
  const columns: NamedColumn[] = JSON.parse(described)
  const paths = Number(metadata.num_rows)
  const names = wanted ?? columns.map(({ name }) => name)
  const outcomes: Record<string, Float64Array> = {}
  for (const name of names) {
    if (!columns.some((column) => column.name === name)) throw new Error(`${file} has no column ${name}`)
    const column = new Float64Array(paths)
    await parquetRead({
      file: buffer,
      metadata,
      columns: [name],
      onChunk: ({ columnData, rowStart }) => column.set(columnData as ArrayLike<number>, rowStart),
    })
    outcomes[name] = column
  }
  return { columns, paths, outcomes }
}
