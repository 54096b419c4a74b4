/** aidlab report: the report of a finished run or study, built anew. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../../kernel/errors.ts'
import type { StudyManifest } from '../../studies/study.ts'
import { requireFinished } from '../readRun.ts'
import { readFolder, runFiles } from '../runFolder.ts'
import type { Terminal } from '../terminal.ts'
import { requireWritable } from '../writable.ts'

export async function report(folder: string, given: { readonly out?: string }, terminal: Terminal): Promise<number> {
  const file = given.out ?? join(folder, runFiles.report)
  const write = isStudy(folder)
    ? (await import('../study/studyReportFile.ts')).writeStudyReport
    : (await import('../reportFile.ts')).writeReport
  if (!isStudy(folder)) requireFinished(folder)
  requireWritable(file, '--out')
  await write(folder, file)
  terminal.out(file)
  return 0
}

/** @throws InputError for a study that is not finished */
function isStudy(folder: string): boolean {
  if (!existsSync(join(folder, runFiles.manifest))) return false
  const { kind, complete } = readFolder(folder) as Partial<StudyManifest>
  if (kind === undefined) return false
  if (!complete) throw new InputError(`${folder} is not finished; repeat its aidlab ${kind} with --resume`)
  return true
}
