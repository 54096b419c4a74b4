/** Where a command writes: results to standard output, messages to standard error. */

export interface Terminal {
  /** Results, for people and programs. */
  out(text: string): void
  /** Messages and progress. */
  say(text: string): void
  /** Standard output is a terminal that shows colours. */
  readonly colours: boolean
  /** The command line as it was given, after the program’s name. */
  readonly words: readonly string[]
}

/** The terminal of this process. A reader that goes away, such as head, ends the output quietly. */
export function processTerminal(words: readonly string[]): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    say: (text) => process.stderr.write(`${text}\n`),
    colours: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
    words,
  }
}

/** A command line that a shell reads as these words. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`)).join(' ')
}
