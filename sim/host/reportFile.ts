/** report.html: the stress report of a run folder. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './manifest.ts'
import { model } from './model.ts'
import { readRun } from './readRun.ts'
import { runFiles } from './runFolder.ts'
import { metricsOfRun } from './scenarioFiles.ts'

/**
 * Writes the report of a finished run.
 * @param file where; report.html in the folder by default
 * @throws InputError when the folder is no finished run
 */
export async function writeReport(folder: string, file = join(folder, runFiles.report)): Promise<void> {
  const record = await readRun(folder)
  const metrics = metricsOfRun(record.manifest, model)
  const { renderStressReport } = await import('../../reports/stressReport.ts')
  const { JSDOM } = await import('jsdom')
  const { document } = new JSDOM('').window
  const text = renderStressReport(record, { document, metrics, explorerScript: explorerScript() })
  writeFileSync(`${file}.tmp`, text)
  renameSync(`${file}.tmp`, file)
}

/** The bundled loss explorer of a built package. */
function explorerScript(): string | undefined {
  const file = join(packageRoot(), 'dist', 'explorer.js')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
