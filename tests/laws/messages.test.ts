/** Messages on standard error: in lines of a terminal for people, each in one line for files and other programs. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../sim/host/main.ts'
import { studyBar } from '../../sim/host/study/studyBar.ts'
import { sayWords, type Terminal } from '../../sim/host/terminal.ts'

function listening(breaksLines?: boolean): { readonly terminal: Terminal; readonly said: string[] } {
  const said: string[] = []
  const terminal = {
    out: () => {},
    say: (text: string) => void said.push(text),
    colours: false,
    breaksLines,
    words: [],
  }
  return { terminal, said }
}

async function refused(breaksLines: boolean | undefined, ...words: string[]): Promise<string> {
  const { terminal, said } = listening(breaksLines)
  expect(await main(words, terminal)).toBe(2)
  return said.join('\n')
}

const wrong = ['compare', 'base', 'pilot', '--with', 'aid.redeemFee=0']

describe('an error', () => {
  it('is one line where no terminal is, so that a search finds any of its words', async () => {
    for (const breaksLines of [undefined, false]) {
      const text = await refused(breaksLines, ...wrong)
      expect(text.length).toBeGreaterThan(120)
      expect(text).not.toContain('\n')
    }
  })

  it('has lines of 80 columns on a terminal, the same words, under the first of them', async () => {
    const lines = (await refused(true, ...wrong)).split('\n')
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(lines[0]).toMatch(/^aidlab: --with aid\.redeemFee=0 changes/)
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {8}\S/)
    expect(lines.map((line) => line.trim()).join(' ')).toBe(await refused(false, ...wrong))
  })

  it('begins with its place in its first line, however long the path is', () => {
    const { terminal, said } = listening(true)
    const place = join('/a-folder-of-a-name', 'that-is-longer'.repeat(6), 'policy.yaml:12:5')
    sayWords(terminal, `${place} unknown metric: saidLos; did you mean saidLoss?`, 'aidlab: ')
    expect(said[0].split('\n')).toEqual([`aidlab: ${place}`, '        unknown metric: saidLos; did you mean saidLoss?'])
  })

  it('keeps lines of its own, and their spaces', () => {
    const { terminal, said } = listening(true)
    sayWords(terminal, 'first\n  second   third', 'aidlab: ')
    expect(said).toEqual(['aidlab: first\n  second   third'])
  })
})

describe('a step of a study', () => {
  it('fits a terminal too', () => {
    const step = `what a level of ${'a dial '.repeat(15)}needs`
    for (const breaksLines of [true, false]) {
      const { terminal, said } = listening(breaksLines)
      studyBar((text) => sayWords(terminal, text)).say(step)
      expect(said[0].replaceAll('\n', ' ')).toBe(step)
      expect(said[0].includes('\n')).toBe(breaksLines)
    }
  })
})
