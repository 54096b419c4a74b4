/** Tables as data, and as comma-separated values that a page offers for download without any script. */

export interface TableColumn {
  readonly name: string
  /** Unit, '1' for a pure number, 'text' for words. */
  readonly unit: string
}

/** What stands behind a figure; a null is a value that does not exist, such as an unbounded end of an interval. */
export interface Table {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}

/** Text of a table in RFC 4180, nine significant digits; the header names each column with its unit. @throws RangeError for NaN, with its place. */
export function csvText(table: Table): string {
  const header = table.columns.map((c) => quote(c.unit === 'text' ? c.name : `${c.name} (${c.unit})`))
  const lines = table.rows.map((row, r) => row.map((value, c) => cell(value, r, table.columns[c].name)).join(','))
  return [header.join(','), ...lines].map((line) => line + '\r\n').join('')
}

function cell(value: number | string | null, row: number, column: string): string {
  if (value === null) return ''
  if (typeof value === 'string') return quote(value)
  if (Number.isNaN(value)) throw new RangeError(`no number: NaN in row ${row} of column ${column}; null wanted`)
  return String(Number(value.toPrecision(9)))
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A data address that a download link can carry; only what an address may not hold is escaped. */
export function csvAddress(table: Table): string {
  const text = csvText(table).replace(/[^A-Za-z0-9,.;:_\-+()/ ]/g, (c) => encodeURIComponent(c))
  return `data:text/csv;charset=utf-8,${text.replaceAll(' ', '%20')}`
}
