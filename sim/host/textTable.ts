/** Tables of plain text for a terminal of 80 columns, without borders. */
import Table from 'cli-table3'

const noBorders = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', right: '', 'right-mid': '',
  mid: '', 'mid-mid': '', middle: ' ',
} // biome-ignore format: one line a side

/** An empty table whose columns have these widths; rows are pushed into it. */
export function plainTable(widths: readonly number[], aligned: readonly ('left' | 'right')[]): Table.Table {
  return new Table({
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: [...widths],
    colAligns: [...aligned],
  })
}

/** Its lines without the spaces at their ends, and with the spaces that a terminal and its tools know. */
export function tableLines(table: Table.Table): string {
  return plainSpaces(table.toString())
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Spaces that do not break, which pages need, as ordinary ones. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ')
}

/**
 * Rows under a bold head, each column as wide as its widest cell.
 * @param numbers columns whose cells stand right, by index
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
  bold: (text: string) => string,
): string {
  const widths = head.map((name, c) => Math.max(name.length, ...rows.map((row) => row[c].length)) + 1)
  const table = plainTable(
    widths,
    head.map((_, c) => (numbers.includes(c) ? 'right' : 'left')),
  )
  table.push(head.map(bold), ...rows.map((row) => [...row]))
  return tableLines(table)
}
