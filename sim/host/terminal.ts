/** Where a command writes: results to standard output, messages to standard error. */
import { fits, wrapped } from './wrapped.ts'

export interface Terminal {
  /** Results, for people and programs. */
  out(text: string): void
  /** Messages and progress. */
  say(text: string): void
  /** Standard output is a terminal that shows colours. */
  readonly colours: boolean
  /** Standard error is a terminal, which people read; a file or another program gets a message in one line, to be searched. */
  readonly breaksLines?: boolean
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
    breaksLines: process.stderr.isTTY === true,
    words,
  }
}

/**
 * Says a sentence, in lines of 80 columns where people read it. Not for commands, which are copied as they stand.
 * @param head stands before the first line; the others begin under the first word after it
 */
export function sayWords(terminal: Terminal, text: string, head = ''): void {
  const said = head + text
  if (!terminal.breaksLines || fits(said)) terminal.say(said)
  else terminal.say(said.includes('\n') ? said : wrapped(text, head))
}

/** A command line that a shell reads as these words. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`)).join(' ')
}
