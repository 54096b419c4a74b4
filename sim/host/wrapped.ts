/** Sentences in the lines of a terminal. */

/** Columns of a line. */
export const lineWidth = 80

/** Whether every line of a plain text, without colours, fits in 80 columns. */
export function fits(text: string): boolean {
  return text.split('\n').every((line) => line.length <= lineWidth)
}

/**
 * A text in lines of 80 columns, broken at its spaces.
 * @param head stands before the first line; the others begin under the first word after it
 */
export function wrapped(text: string, head = ''): string {
  const lines: string[] = []
  const left = ' '.repeat(head.length)
  let line = head
  let empty = true
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (!empty && line.length + 1 + word.length > lineWidth) {
      lines.push(line)
      line = left
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line].map((one) => one.trimEnd()).join('\n')
}
