/** report.html of a study folder. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StudyManifest } from '../../studies/study.ts'
import { readFolder, runFiles } from '../runFolder.ts'

/**
 * Writes the report of a study from its manifest and answer.
 * @param file where; report.html in the folder by default
 */
export async function writeStudyReport(folder: string, file = join(folder, runFiles.report)): Promise<void> {
  const manifest = readFolder(folder) as StudyManifest
  const answer = JSON.parse(readFileSync(join(folder, 'study.json'), 'utf8'))
  const { renderStudyReport } = await import('../../../reports/studyReport.ts')
  const { JSDOM } = await import('jsdom')
  const { document } = new JSDOM('').window
  const text = await renderStudyReport(manifest, answer, document)
  writeFileSync(`${file}.tmp`, text)
  renameSync(`${file}.tmp`, file)
}
