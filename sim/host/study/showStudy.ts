/** How a finished study is printed. */
import { jsonText } from '../json.ts'
import type { Terminal } from '../terminal.ts'
import type { FinishedStudy, StudyAnswer } from './runStudy.ts'

/**
 * Prints the answer: as JSON with the folder, or as text with the lines that say where everything is.
 * @param text of the answer
 * @param more what the JSON says besides, and the files of the folder that the text names: a word and a file name each
 */
export function showStudy<A extends StudyAnswer>(
  { answer, folder, report }: Pick<FinishedStudy<A>, 'answer' | 'folder' | 'report'>,
  isJson: boolean | undefined,
  terminal: Terminal,
  text: () => string,
  more: { readonly json?: object; readonly files?: Readonly<Record<string, string>> } = {},
): void {
  if (isJson) {
    const { tables: _tables, ...rest } = answer
    terminal.out(jsonText({ folder, report, ...rest, ...more.json }))
    return
  }
  const files = Object.entries(more.files ?? {}).map(([word, name]) => `${word.padEnd(8)}${folder}/${name}`)
  const lines = [text(), '', `study   ${folder}`, ...files, ...(report === null ? [] : [`report  ${report}`])]
  terminal.out(lines.join('\n'))
}
