/** aidlab report: the report of a finished run, built anew. */
import { join } from 'node:path'
import { requireFinished } from '../readRun.ts'
import { runFiles } from '../runFolder.ts'
import type { Terminal } from '../terminal.ts'
import { requireWritable } from '../writable.ts'

export async function report(folder: string, given: { readonly out?: string }, terminal: Terminal): Promise<number> {
  const { writeReport } = await import('../reportFile.ts')
  const file = given.out ?? join(folder, runFiles.report)
  requireFinished(folder)
  requireWritable(file, '--out')
  await writeReport(folder, file)
  terminal.out(file)
  return 0
}
