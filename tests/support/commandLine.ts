/** The command line as a user meets it: its exit status, what it prints, and what it says beside that. */
import { main } from '../../sim/host/main.ts'

export interface Ending {
  readonly status: number
  /** Standard output. */
  readonly out: string
  /** Standard error. */
  readonly said: string
}

/** Runs one command line in this process, without colours. */
export async function aidlab(...words: string[]): Promise<Ending> {
  const out: string[] = []
  const said: string[] = []
  const terminal = {
    out: (text: string) => void out.push(text),
    say: (text: string) => void said.push(text),
    colours: false,
    words,
  }
  const status = await main(words, terminal)
  return { status, out: out.join('\n'), said: said.join('\n') }
}
